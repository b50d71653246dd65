package org.patchlens.image.dicom;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/// A series that shows the same places several times (points of time, echoes, b-values, magnitude and phase),
/// taken
/// apart into one stack of slices for each time.
///
/// A series is taken apart where at least half of its places hold several images; a few such places are repeated
/// slices. Of the traits in the order of [PhaseTrait] those count that tell images at one place apart, until
/// all are
/// told. If they have the same values at every place (echo times), equal values are a phase; otherwise (trigger
/// times,
/// instance numbers) the n-th image of every place is phase n.
///
/// @param stacks of slices, in the order of their traits; one if the series has no phases
/// @param traits that tell them apart
record Phases<T>(List<List<T>> stacks, List<PhaseTrait> traits) {

    /// An image of a series.
    ///
    /// @param place the number of its place, from 0
    /// @param traits of the image
    record Placed<T>(T slice, int place, Map<PhaseTrait, String> traits) {}

    /// Takes a series apart.
    ///
    /// @param images in the order of their places
    static <T> Phases<T> of(List<Placed<T>> images) {
        SortedMap<Integer, List<Placed<T>>> places = new TreeMap<>();
        images.forEach(image ->
                places.computeIfAbsent(image.place, _ -> new ArrayList<>()).add(image));
        long crowded =
                places.values().stream().filter(place -> place.size() > 1).count();
        List<PhaseTrait> traits = 2 * crowded < places.size() || crowded == 0 ? List.of() : telling(places.values());
        if (traits.isEmpty()) {
            return new Phases<>(List.of(images.stream().map(Placed::slice).toList()), List.of());
        }
        return new Phases<>(stacks(places.values(), traits), traits);
    }

    private static <T> List<PhaseTrait> telling(Iterable<List<Placed<T>>> places) {
        List<PhaseTrait> traits = new ArrayList<>();
        long told = told(places, traits);
        for (PhaseTrait trait : PhaseTrait.values()) {
            traits.add(trait);
            long now = told(places, traits);
            if (now == told) {
                traits.removeLast();
            }
            told = now;
        }
        return traits;
    }

    /// How many images the traits tell from the others at their place, over all places.
    private static <T> long told(Iterable<List<Placed<T>>> places, List<PhaseTrait> traits) {
        long told = 0;
        for (List<Placed<T>> place : places) {
            told += place.stream().map(image -> key(image, traits)).distinct().count();
        }
        return told;
    }

    private static List<String> key(Placed<?> image, List<PhaseTrait> traits) {
        return traits.stream()
                .map(trait -> image.traits.getOrDefault(trait, ""))
                .toList();
    }

    private static <T> List<List<T>> stacks(Iterable<List<Placed<T>>> places, List<PhaseTrait> traits) {
        Comparator<List<String>> order = Phases::compare;
        Set<List<String>> keys = new TreeSet<>(order);
        long most = 0;
        for (List<Placed<T>> place : places) {
            Set<List<String>> own = new HashSet<>();
            place.forEach(image -> own.add(key(image, traits)));
            most = Math.max(most, own.size());
            keys.addAll(own);
        }
        List<List<String>> everywhere = List.copyOf(keys);
        boolean equalValues = keys.size() == most;
        List<List<T>> stacks = new ArrayList<>();
        for (int phase = 0; phase < most; phase++) {
            stacks.add(new ArrayList<>());
        }
        for (List<Placed<T>> place : places) {
            Set<List<String>> sorted = new TreeSet<>(order);
            place.forEach(image -> sorted.add(key(image, traits)));
            List<List<String>> own = equalValues ? everywhere : List.copyOf(sorted);
            place.forEach(image -> stacks.get(own.indexOf(key(image, traits))).add(image.slice));
        }
        return stacks;
    }

    private static int compare(List<String> one, List<String> other) {
        for (int i = 0; i < one.size(); i++) {
            int order = one.get(i).compareTo(other.get(i));
            if (order != 0) {
                return order;
            }
        }
        return 0;
    }
}
