package org.patchlens.extract;

/// One image that is going to be extracted.
///
/// @param id how users name it, before any pseudonym
/// @param fileId how users name the file that it belongs to, which is what metadata and masks are called like
/// @param source where its pixels come from
record PlannedImage(String id, String fileId, ImageSource source) {}
