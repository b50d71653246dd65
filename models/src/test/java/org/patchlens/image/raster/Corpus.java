package org.patchlens.image.raster;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.Shared;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The shared collection of ordinary and hostile pictures, with what Pillow 12.3 reads from them.
final class Corpus {
    private Corpus() {}

    /// One file and what is expected of it.
    ///
    /// @param path the file
    /// @param verdict `good`, `good_if_supported`, `good_or_error`, `error_or_partial`, `error_or_slow` or `error`
    /// @param pillow what Pillow read
    record Entry(Path path, String verdict, JsonNode pillow) {
        String name() {
            return path.getFileName().toString();
        }

        Optional<double[]> meanColour() {
            JsonNode mean = pillow.path("rgb_mean_oriented");
            return mean.size() == 3
                    ? Optional.of(new double[] {
                        mean.get(0).asDouble(),
                        mean.get(1).asDouble(),
                        mean.get(2).asDouble()
                    })
                    : Optional.empty();
        }

        @Override
        public String toString() {
            return name();
        }
    }

    static List<Entry> entries() {
        Path folder = Shared.path("data/images");
        List<Entry> entries = new ArrayList<>();
        JsonMapper.shared().readTree(folder.resolve("expected.json").toFile()).forEachEntry((name, node) -> {
            entries.add(new Entry(folder.resolve(name), node.path("expected").asString(), node));
        });
        return entries;
    }
}
