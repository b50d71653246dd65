package org.patchlens.analysis;

/// Hears how far a piece of work is, and may stop it.
@FunctionalInterface
public interface Progress {
    /// Nobody listens.
    Progress NONE = (stage, done, total) -> {};

    /// Called at least once per second of work, from one thread at a time.
    ///
    /// To stop the work, throw [org.patchlens.PatchlensException] from here: nothing is half-written then.
    ///
    /// @param stage what is being done, such as `norms`
    /// @param done 0 to `total`
    /// @param total how much there is to do
    void report(String stage, long done, long total);
}
