/// The study on disk: format version 1.
///
/// A study is a folder that NumPy, pandas and `sha256sum` read without Patchlens. N images, T tokens, D
/// dimensions, L layers, A heads; n is the number of images of one shard. All numbers are little-endian.
///
/// ```
/// study/
///   study.json               what the study is: written first, never changed
///   images.parquet           one row per image: written last; its presence says that the study is complete
///   checksums.sha256         SHA-256 of every file of a complete study, as `sha256sum --check` reads it
///   shards/00000/            the images of the first S inputs, and so on, five digits
///     shard.json             images, failures, and length and SHA-256 of each array
///     tokens-layer-00.npy    [n][T][D]     tokens after patch and position embedding
///     tokens-layer-12.npy    [n][T][D]     output of block 12
///     tokens-layer-last.npy  [n][T][D]     after the final norm
///     attention-cls.npy      [n][L][A][T]  softmax rows of the CLS token, where attention is stored
///     attention-rollout.npy  [n][T]        CLS row of the attention rollout, where attention is stored
///     mask-coverage.npy      [n][P][C]     share of each patch that each class covers, where masks are stored
///     view.npy               [n][height][width][channels]  the image as the model saw it, before normalization
///   cache/                   what can be computed again, see [org.patchlens.study.cache]; no part of the study
///   .lock                    empty; locked while a process writes
/// ```
///
/// **Arrays** are npy files of version 1.0 in C order. The header always takes 128 bytes: magic, version, 118 as
/// the length, the dictionary as NumPy prints it, spaces, a line feed. Tokens and attention are `<f2` or `<f4`, as
/// `dtype` in `study.json` says; 16-bit numbers are the 32-bit ones rounded to nearest, ties to even, and always
/// finite. Views are `|u1` with one channel if all views of the shard are grey, else with three (red, green,
/// blue). Row i of each array is of image i of `shard.json`. An array may have no rows, where every input of a
/// shard failed.
///
/// **JSON files** are UTF-8, indented by two spaces, with line feeds. `study.json` is a [StudyManifest]: `format`
/// (`patchlens-study`), `formatVersion`, `model`, `inputHeight`, `inputWidth`, `grid`, `specialTokens` (`cls`,
/// `distillation`, `register`, in the order of the sequence), `tokens` (T), `layers` (strings: numbers from 0, and
/// `last`), `dtype` (`f16`, `f32`), `attention` (`none`, `cls`), `imagesPerShard` (S) and `provenance`.
/// `shard.json` holds `study` (the SHA-256 of `study.json`), `shard` (its number), `viewChannels`, `images`
/// (`position` of the input within the shard, `id`, `source`, `frame`, `sha256` of the file, `width`, `height`),
/// `failures` (`position`, `id`, `source`, `frame`, `reason`) and `arrays` (`name`, `bytes`, `sha256`).
///
/// **The table** `images.parquet` has the columns `index`, `id`, `source`, `frame`, `sha256`, `width`, `height`,
/// `shard`, `row` (strings, and integers of 32 bits), then the user's: strings, integers of 64 bits, doubles,
/// empty where missing. A user's column that is called like one of the study's own is stored with `metadata_`
/// before it.
///
/// **Shards follow from the inputs alone**: all inputs are enumerated before the first is read, shard k holds
/// inputs k S to (k + 1) S - 1, and S follows from the size of an image ([StudyManifest#imagesPerShard]). There is
/// no clock and no thread in a file. So any extraction of the same inputs gives the same bytes, however often it
/// was interrupted.
///
/// **Nothing half-written is visible.** A shard is written as `shards/.00000.tmp`, each file and the folder forced
/// to the disk, then renamed, and the parent forced. A shard that is made again (its failures may have been
/// mended) waits as `shards/.00000.replaced` while the new one takes its name; whoever opens the study for writing
/// next gives it back its name if the new one never came. `images.parquet` is removed before a shard changes and
/// written again at the end. Other files are written as `.name.tmp` and renamed.
///
/// A reader refuses another `formatVersion`, and believes no length, shape or name that it has not checked.
@NullMarked
package org.patchlens.study;

import org.jspecify.annotations.NullMarked;
