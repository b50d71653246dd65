/// Results of analyses that are kept in a study: format version 1.
///
/// ```
/// study/results/
///   .lock                   empty; locked while a result is written or removed
///   norms/                  a folder per analysis
///     first-look/           a folder per result, under the name that its user gave
///       saved.json          what it is; its presence says that the result is whole
///       result.json         the result, as the command prints it with --json, its arrays set aside
///       figures.json        the figures of the result, their arrays set aside
///       positions.npy       one file per array that was set aside
/// ```
///
/// `saved.json` holds `format` (`patchlens-result`), `formatVersion`, `analysis`, `name`, `studySha256` (the
/// SHA-256
/// of the study's `checksums.sha256`, or of its `study.json` while the study is not complete), `options`,
/// `provenance`, `texts` (`name`, `bytes`, `sha256`) and `arrays` (`name`, `type`, `shape`, `bytes`, `sha256`).
/// Arrays are npy files of version 1.0 with a header of 128 bytes, `<f4` or `<i4`, in C order.
///
/// Where an array was set aside, the JSON has an object `{"array": "positions", "type": "f32", "shape": [217,
/// 2]}`.
/// The same array may be named in several places, in the result and in its figures.
///
/// A result is written as `.first-look.tmp`, each file and the folder forced to the disk, then renamed; it is
/// never
/// changed. What a killed process left is removed by the next that writes. Results are not among the checksums of
/// the study: saving one changes nothing else, and there is no clock in the files; when a result was made is told
/// by the time of `saved.json`.
@NullMarked
package org.patchlens.study.result;

import org.jspecify.annotations.NullMarked;
