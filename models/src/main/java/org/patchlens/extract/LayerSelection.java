package org.patchlens.extract;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.embedding.Layer;

/// Which layers a study stores, as the user says it: `last`, `all`, or numbers and ranges such as `1,6,9-12,last`.
/// Its text can be parsed again.
public sealed interface LayerSelection {
    /// Every layer from 0 to L, and `last`.
    record All() implements LayerSelection {
        @Override
        public String toString() {
            return "all";
        }
    }

    /// These layers, in ascending order, at least one.
    ///
    /// @param layers without repetition
    record Listed(List<Layer> layers) implements LayerSelection {
        public Listed {
            layers = List.copyOf(new TreeSet<>(layers));
            if (layers.isEmpty()) {
                throw new IllegalArgumentException("no layer");
            }
        }

        @Override
        public String toString() {
            return layers.stream().map(Layer::toString).collect(Collectors.joining(","));
        }
    }

    /// The output after the final norm alone.
    static LayerSelection last() {
        return new Listed(List.of(Layer.LAST));
    }

    /// The largest layer number that is believed, so that a range cannot exhaust the memory.
    int LARGEST_LAYER = 10_000;

    /// Reads what the user typed.
    ///
    /// @throws PatchlensException if it is neither `all` nor a list of layers and ranges
    static LayerSelection parse(String text) {
        if (text.strip().equals("all")) {
            return new All();
        }
        List<Layer> layers = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            layers.addAll(parseRange(part.strip()));
        }
        return new Listed(layers);
    }

    private static Collection<Layer> parseRange(String part) {
        int hyphen = part.indexOf('-');
        if (hyphen <= 0) {
            return List.of(bounded(Layer.parse(part)));
        }
        Layer from = bounded(Layer.parse(part.substring(0, hyphen).strip()));
        Layer to = bounded(Layer.parse(part.substring(hyphen + 1).strip()));
        if (from.isLast() || to.isLast() || from.compareTo(to) > 0) {
            throw PatchlensException.usage(
                    "layers " + part, "a range goes from a smaller to a larger number, such as 6-12", "");
        }
        return IntStream.rangeClosed(from.index(), to.index())
                .mapToObj(Layer::new)
                .toList();
    }

    private static Layer bounded(Layer layer) {
        if (!layer.isLast() && layer.index() > LARGEST_LAYER) {
            throw PatchlensException.usage("layer " + layer, "no model has that many layers", "");
        }
        return layer;
    }

    /// The layers of a model with this many blocks.
    ///
    /// @param blocks L
    /// @throws PatchlensException if a layer beyond L was asked for
    default List<Layer> of(int blocks) {
        return switch (this) {
            case All() -> {
                List<Layer> layers = new ArrayList<>();
                IntStream.rangeClosed(0, blocks).mapToObj(Layer::new).forEach(layers::add);
                layers.add(Layer.LAST);
                yield List.copyOf(layers);
            }
            case Listed(List<Layer> layers) -> {
                for (Layer layer : layers) {
                    if (!layer.isLast() && layer.index() > blocks) {
                        throw PatchlensException.usage(
                                "layer " + layer, "the model has layers 0 to " + blocks + " and last", "");
                    }
                }
                yield layers;
            }
        };
    }
}
