package org.patchlens.embedding;

import java.util.Locale;

/// Where a number comes from: stands in every study, result and report.
///
/// There is no clock in it: the same work gives the same bytes.
///
/// @param modelSha256 the checksum of the model's weights
/// @param preprocessing what was done to the pixels, in words that [org.patchlens.embedding] does not interpret
/// @param options the options of the work, as JSON
/// @param seed of everything random in it
/// @param version of Patchlens
/// @param javaVersion the version of the Java runtime
/// @param platform operating system and processor, such as `linux/amd64`
public record Provenance(
        String modelSha256,
        String preprocessing,
        String options,
        long seed,
        String version,
        String javaVersion,
        String platform) {

    /// Completes what the running program knows of itself.
    public static Provenance ofThisProgram(String modelSha256, String preprocessing, String options, long seed) {
        return new Provenance(
                modelSha256,
                preprocessing,
                options,
                seed,
                Version.CURRENT,
                System.getProperty("java.version", "unknown"),
                thisPlatform());
    }

    private static String thisPlatform() {
        return System.getProperty("os.name", "unknown").toLowerCase(Locale.ROOT) + "/"
                + System.getProperty("os.arch", "unknown");
    }
}
