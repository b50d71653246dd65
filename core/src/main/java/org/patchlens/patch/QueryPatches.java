package org.patchlens.patch;

import java.util.List;
import java.util.stream.Collectors;
import org.patchlens.embedding.PatchGrid;
import org.patchlens.study.Study;

/// What was compared with other patches: the mean of the embeddings of some patches of an image.
///
/// @param index of the image in the study
/// @param image its id
/// @param patches that were asked for
/// @param outliers those of them whose norm makes them outliers
/// @param averaged how many the mean is over; outliers are left out where they are masked, unless there is
///     nothing else
public record QueryPatches(int index, String image, List<PatchPlace> patches, List<PatchPlace> outliers, int averaged) {
    private static final int MOST_NAMED = 4;

    public QueryPatches {
        patches = List.copyOf(patches);
        outliers = List.copyOf(outliers);
    }

    /// Describes a query.
    ///
    /// @param chosen numbers of the patches that were asked for
    /// @param averaged how many of them the mean is over
    public static QueryPatches of(ComparedPatches compared, int image, List<Integer> chosen, int averaged) {
        Study study = compared.patches().study();
        PatchGrid grid = study.manifest().grid();
        List<Integer> outliers = compared.outliers(image);
        return new QueryPatches(
                image,
                study.images().get(image).id(),
                PatchPlace.of(grid, chosen),
                PatchPlace.of(grid, chosen.stream().filter(outliers::contains).toList()),
                averaged);
    }

    /// The query in words, such as `patch 7,9 of a.png`.
    public String text() {
        String named =
                patches.stream().limit(MOST_NAMED).map(PatchPlace::toString).collect(Collectors.joining(" "));
        String more = patches.size() > MOST_NAMED ? " …" : "";
        return (patches.size() == 1 ? "patch " + named : "the mean of " + averaged + " patches (" + named + more + ")")
                + " of " + image;
    }
}
