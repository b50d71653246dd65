package org.patchlens.model.onnx.surgery;

import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.patchlens.PatchlensException;

/// The run that tells the shapes of a graph's values: of how many pictures, and of which size where the graph
/// leaves that free.
///
/// @param subject that runs
/// @param patchSize the side of a patch in pixels
record FirstRun(Probe.Subject subject, int patchSize) {
    private static final int LARGEST_SQUARE = 1024;
    private static final List<Integer> USUAL_SPECIAL_TOKENS = List.of(0, 1, 2, 5);

    /// Runs with the first size and number of pictures that the graph computes.
    ///
    /// @param values whose shapes are needed
    /// @throws PatchlensException if it computes none of them
    Probe of(List<String> values) {
        PatchlensException failure = null;
        for (int side : sides()) {
            int height = subject.input().height().orElse(side);
            int width = subject.input().width().orElse(side);
            for (int images : images()) {
                try {
                    return Probe.run(subject, images, height, width, values);
                } catch (PatchlensException e) {
                    failure = e;
                }
            }
        }
        if (failure == null) {
            throw new Unusable("the size of its input is free, and no learned positions say what it was trained on;"
                    + " export it with a fixed size");
        }
        throw failure;
    }

    /// Two pictures where the number is free, so that shapes tell pictures from tokens; one if two do not run.
    private List<Integer> images() {
        OptionalInt fixed = subject.input().images();
        return fixed.isPresent() ? List.of(fixed.getAsInt()) : List.of(2, 1);
    }

    /// The sides that a square input may have had in training: fixed, or by the number of learned positions.
    private List<Integer> sides() {
        if (subject.input().height().isPresent() || subject.input().width().isPresent()) {
            return List.of(
                    subject.input().height().orElse(subject.input().width().orElse(1)));
        }
        return subject.model().getGraph().getInitializerList().stream()
                .filter(tensor -> tensor.getDimsCount() == 3 && tensor.getDims(0) == 1 && tensor.getDims(1) > 1)
                .map(tensor -> tensor.getDims(1))
                .distinct()
                .flatMap(positions -> USUAL_SPECIAL_TOKENS.stream().map(special -> positions - special))
                .flatMap(count -> squareRoot(count).stream().boxed())
                .map(side -> side * patchSize)
                .distinct()
                .limit(8)
                .toList();
    }

    private static OptionalInt squareRoot(long count) {
        return IntStream.rangeClosed(1, LARGEST_SQUARE)
                .filter(side -> (long) side * side == count)
                .findFirst();
    }
}
