//! What is removed from images, and why.
//!
//! A photograph tells where and when it was taken, by which camera, sometimes by whom, and with a small copy what was cut
//! off or painted over later. Whoever brings one as evidence rarely means to say that, and it can cost somebody their
//! freedom. So an image is not cleaned of what is known to be harmful: it is written anew with what is known to draw it.
//! What is left are the frame, the tables and the pixels as they were compressed, the colour profile, and which side is
//! up. Gone are EXIF with place, time and device, XMP, IPTC, comments, thumbnails, texts, and what follows the image's end.
