//! What is removed from images, and why.
//!
//! A photograph tells where and when it was taken, by which camera, sometimes by whom, and with a small copy what was cut
//! off or painted over later. Whoever brings one as evidence rarely means to say that, and it can cost somebody their
//! freedom. So an image is not cleaned of what is known to be harmful: it is written anew with what is known to draw it.
//! What is left are the frame, the tables and the pixels as they were compressed, in which space the colours are, and which
//! side is up. Gone are EXIF with place, time and device, XMP, IPTC, comments, thumbnails, texts, colour profiles, and what
//! follows the image's end.
//!
//! Profiles name devices and people. In JPEG and WebP, one of two common wide spaces is followed by one of our own; all
//! others go, and those of PNG, which are of screens. Colours may then be a little paler or, in images for print, others.
