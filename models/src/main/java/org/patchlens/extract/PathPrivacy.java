package org.patchlens.extract;

/// How a study names its images and their files: the value of `--paths`.
public enum PathPrivacy {
    /// The id is the path below the folder that was named; the source is the whole path of the file.
    GIVEN,
    /// The id and the source are the path below the folder that was named.
    RELATIVE,
    /// The id and the source are a pseudonym of that path; only the ending of the name stays.
    HASHED
}
