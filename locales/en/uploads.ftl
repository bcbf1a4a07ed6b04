# Files that are brought, files that are fetched, and forms that are sent twice.
uploads-hint = Up to 10 MB: PDF, JPEG, PNG, WebP, DOCX, XLSX, ODT, ODS, text or CSV. Then leave the web address empty.
uploads-metadata = Place, time and device are removed from images. PDF, Word and other documents are kept as they are: they can name who wrote them and on whose computer. Look at the properties of the document before you send it.
uploads-download = Download:
uploads-kilobytes = { $number } KB
uploads-megabytes = { $number } MB
field_name-file = File
form-sent_before = This form was sent already, with something else in it. Look whether what you want is there; to add what stands here now, send it once more.
done-account_made = The account is there already. Its one-time link was shown once; if it is lost, make another one here.
