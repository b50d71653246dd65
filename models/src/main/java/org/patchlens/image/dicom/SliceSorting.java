package org.patchlens.image.dicom;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.patchlens.image.dicom.DicomSeries.Finding;
import org.patchlens.image.dicom.DicomSeries.Kind;
import org.patchlens.image.dicom.DicomSeries.Slice;
import org.patchlens.image.dicom.dataset.FrameHeader;
import org.patchlens.image.dicom.dataset.Tag;

/// Collects the slices of a series and puts them in order.
final class SliceSorting {
    /// Closer slices, in mm, are at the same place.
    private static final double SAME_PLACE = 0.01;

    /// Parallel directions have a scalar product above this: 1.8 degrees.
    private static final double PARALLEL = 0.9995;

    /// A distance above this many medians is a gap.
    private static final double GAP = 1.5;

    private final List<Candidate> candidates = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    private record Candidate(
            Path file,
            int frame,
            int number,
            Optional<SlicePosition> position,
            String instance,
            Map<PhaseTrait, String> traits) {}

    private record Placed(Candidate candidate, Slice slice) {}

    void add(Path path, DicomFile file) {
        int number = file.instanceNumber().orElse(Integer.MAX_VALUE);
        for (int frame = 0; frame < file.frames(); frame++) {
            FrameHeader header = new FrameHeader(file.header(), frame);
            Map<PhaseTrait, String> traits = new EnumMap<>(PhaseTrait.class);
            for (PhaseTrait trait : PhaseTrait.values()) {
                traits.put(trait, trait.of(header));
            }
            String instance = file.header()
                            .text(Tag.SOP_INSTANCE_UID)
                            .map(uid -> uid + "#")
                            .orElse(path + "#")
                    + frame;
            candidates.add(
                    new Candidate(path, frame, number, file.geometry(frame).position(), instance, traits));
        }
    }

    /// One stack of slices, or one for each phase.
    List<DicomSeries> sorted() {
        Comparator<Candidate> byNumber =
                Comparator.comparingInt(Candidate::number).thenComparingInt(Candidate::frame);
        List<Candidate> ordered = candidates.stream().sorted(byNumber).toList();
        Optional<SlicePosition> first = ordered.stream()
                .flatMap(candidate -> candidate.position().stream())
                .findFirst();
        if (first.isEmpty()) {
            if (ordered.size() > 1) {
                report(Kind.ORDERED_BY_NUMBER, "no slice has a position; the instance numbers give the order");
            }
            List<Slice> slices = ordered.stream()
                    .map(candidate -> new Slice(candidate.file(), candidate.frame(), OptionalDouble.empty()))
                    .toList();
            return List.of(new DicomSeries(slices, OptionalDouble.empty(), findings, OptionalInt.empty()));
        }
        return phases(withoutCopies(parallel(ordered, first.get().normal())));
    }

    /// The same image in two files is one image.
    private List<Placed> withoutCopies(List<Placed> slices) {
        Map<String, Placed> instances = new LinkedHashMap<>();
        for (Placed slice : slices) {
            Placed known = instances.putIfAbsent(slice.candidate.instance, slice);
            if (known != null) {
                report(Kind.DUPLICATE, name(slice.slice) + " is a copy of " + name(known.slice) + " and is left out");
            }
        }
        return List.copyOf(instances.values());
    }

    private List<DicomSeries> phases(List<Placed> slices) {
        List<Phases.Placed<Slice>> placed = new ArrayList<>();
        int place = 0;
        for (int i = 0; i < slices.size(); i++) {
            boolean moved = i > 0 && distance(slices.get(i - 1).slice, slices.get(i).slice) >= SAME_PLACE;
            place += moved ? 1 : 0;
            placed.add(new Phases.Placed<>(slices.get(i).slice, place, slices.get(i).candidate.traits));
        }
        Phases<Slice> phases = Phases.of(placed);
        int count = phases.stacks().size();
        if (count == 1) {
            return List.of(placed(withoutDuplicates(phases.stacks().getFirst()), OptionalInt.empty()));
        }
        String traits = phases.traits().stream().map(PhaseTrait::title).collect(Collectors.joining(" and "));
        report(
                Kind.PHASES,
                "the series shows the same places " + count + " times, told apart by " + traits
                        + "; each time is a volume of its own");
        List<DicomSeries> series = new ArrayList<>();
        for (List<Slice> stack : phases.stacks()) {
            series.add(placed(withoutDuplicates(stack), OptionalInt.of(series.size() + 1)));
            findings.clear();
        }
        return series;
    }

    private List<Placed> parallel(List<Candidate> ordered, Vector3 normal) {
        List<Placed> slices = new ArrayList<>();
        int missing = 0;
        int tilted = 0;
        for (Candidate candidate : ordered) {
            if (candidate.position().isEmpty()) {
                missing++;
            } else if (candidate.position().get().normal().dot(normal) < PARALLEL * normal.dot(normal)) {
                tilted++;
            } else {
                double place = candidate.position().get().along(normal);
                slices.add(new Placed(
                        candidate, new Slice(candidate.file(), candidate.frame(), OptionalDouble.of(place))));
            }
        }
        if (missing > 0) {
            report(
                    Kind.WITHOUT_POSITION,
                    missing + " of " + ordered.size() + " slices have no position and are left out");
        }
        if (tilted > 0) {
            report(
                    Kind.OTHER_ORIENTATION,
                    tilted + " of " + ordered.size() + " slices are tilted against the first and are left out");
        }
        slices.sort(
                Comparator.comparingDouble(placed -> placed.slice.millimetres().orElse(0)));
        return slices;
    }

    private List<Slice> withoutDuplicates(List<Slice> slices) {
        List<Slice> kept = new ArrayList<>();
        for (Slice slice : slices) {
            if (!kept.isEmpty() && distance(kept.getLast(), slice) < SAME_PLACE) {
                report(
                        Kind.DUPLICATE,
                        name(slice) + " lies at the same place as " + name(kept.getLast()) + " and is left out");
            } else {
                kept.add(slice);
            }
        }
        return kept;
    }

    private DicomSeries placed(List<Slice> slices, OptionalInt phase) {
        double[] distances = new double[slices.size() - 1];
        for (int i = 0; i < distances.length; i++) {
            distances[i] = distance(slices.get(i), slices.get(i + 1));
        }
        if (distances.length == 0) {
            return new DicomSeries(slices, OptionalDouble.empty(), findings, phase);
        }
        double[] ascending = distances.clone();
        Arrays.sort(ascending);
        double median = ascending[ascending.length / 2];
        for (int i = 0; i < distances.length; i++) {
            if (distances[i] > GAP * median) {
                report(
                        Kind.GAP,
                        String.format(
                                Locale.ROOT,
                                "%.2f mm lie between %s and %s; %.2f mm are usual here",
                                distances[i],
                                name(slices.get(i)),
                                name(slices.get(i + 1)),
                                median));
            }
        }
        return new DicomSeries(slices, OptionalDouble.of(median), findings, phase);
    }

    private static double distance(Slice from, Slice to) {
        return to.millimetres().orElse(0) - from.millimetres().orElse(0);
    }

    private static String name(Slice slice) {
        return slice.file().getFileName() + (slice.frame() == 0 ? "" : "#" + slice.frame());
    }

    private void report(Kind kind, String sentence) {
        findings.add(new Finding(kind, sentence));
    }
}
