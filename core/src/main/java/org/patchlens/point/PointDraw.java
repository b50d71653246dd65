package org.patchlens.point;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;
import org.patchlens.study.Study;
import org.patchlens.tensor.Seed;

/// Draws points by lot, as many from every image or patient as each has, up to a common number.
record PointDraw(Study study, PointChoice choice) {

    PointSet points() {
        if (choice.unit() == PointUnit.CLS && study.manifest().layout().cls().isEmpty()) {
            throw PatchlensException.usage(
                    "points cls", "the model of this study has no CLS token", "Use --points mean");
        }
        int images = study.images().size();
        BitSet selected = choice.where().select(study.metadata());
        int[] groups = groups(images);
        int[] counts = new int[images];
        long[] sizes = new long[Arrays.stream(groups).max().orElse(-1) + 1];
        for (int image = 0; image < images; image++) {
            counts[image] = selected.get(image) ? candidates(image).length : 0;
            sizes[groups[image]] += counts[image];
        }
        long quota = Math.min(choice.each(), quota(sizes));
        return PointSet.of(choice.unit(), draw(groups, counts, sizes, quota));
    }

    private int[] groups(int images) {
        return switch (choice.sampleUnit()) {
            case IMAGE -> IntStream.range(0, images).toArray();
            case PATIENT ->
                Patients.get(study.metadata(), choice.patient()).numbers().stream()
                        .mapToInt(Integer::intValue)
                        .toArray();
        };
    }

    /// The patches of an image that may be chosen, ascending.
    private int[] candidates(int image) {
        return choice.region()
                .map(region -> region.patches(study, image))
                .orElseGet(() -> IntStream.range(
                                0, choice.unit().perImage(study.manifest().grid()))
                        .toArray());
    }

    /// The largest number that can be taken of every group, or all it has, without taking more than allowed.
    private long quota(long[] sizes) {
        long[] sorted = sizes.clone();
        Arrays.sort(sorted);
        long left = choice.most();
        for (int i = 0; i < sorted.length; i++) {
            long share = left / (sorted.length - i);
            if (sorted[i] > share) {
                return checked(
                        share, Arrays.stream(sizes).filter(size -> size > 0).count());
            }
            left -= sorted[i];
        }
        return Long.MAX_VALUE;
    }

    private long checked(long share, long groups) {
        if (share == 0) {
            String unit = choice.sampleUnit() == SampleUnit.IMAGE ? " images" : " patients";
            throw PatchlensException.usage(
                    "most", "is " + choice.most() + ", but there are " + groups + unit, "Give at least that");
        }
        return share;
    }

    private int[][] draw(int[] groups, int[] counts, long[] sizes, long quota) {
        int[][] members = members(groups, sizes.length);
        Seed seed = new Seed(choice.seed());
        int[][] chosen = new int[counts.length][];
        for (int group = 0; group < sizes.length; group++) {
            int size = Math.toIntExact(sizes[group]);
            int[] places =
                    draw((int) Math.min(quota, size), size, seed.task(group).generator());
            int from = 0;
            int start = 0;
            for (int image : members[group]) {
                int to = from;
                while (to < places.length && places[to] < start + counts[image]) {
                    to++;
                }
                chosen[image] = patches(image, places, from, to, start);
                from = to;
                start += counts[image];
            }
        }
        return chosen;
    }

    private int[] patches(int image, int[] places, int from, int to, int start) {
        int[] candidates = candidates(image);
        return IntStream.range(from, to).map(i -> candidates[places[i] - start]).toArray();
    }

    private static int[][] members(int[] groups, int count) {
        int[] sizes = new int[count];
        for (int group : groups) {
            sizes[group]++;
        }
        int[][] members = new int[count][];
        Arrays.setAll(members, group -> new int[sizes[group]]);
        for (int image = groups.length - 1; image >= 0; image--) {
            members[groups[image]][--sizes[groups[image]]] = image;
        }
        return members;
    }

    /// Some of the numbers below `all`, ascending.
    private static int[] draw(int some, int all, RandomGenerator random) {
        int[] numbers = IntStream.range(0, all).toArray();
        for (int i = 0; i < some && some < all; i++) {
            int other = i + random.nextInt(all - i);
            int swapped = numbers[i];
            numbers[i] = numbers[other];
            numbers[other] = swapped;
        }
        return Arrays.stream(numbers, 0, some).sorted().toArray();
    }
}
