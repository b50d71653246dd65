package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.embedding.ElementType;
import org.patchlens.study.metadata.Metadata;
import org.patchlens.study.metadata.MetadataColumn;
import org.patchlens.tensor.FloatMatrix;

/// What a study keeps of masks and of the headers of files.
class MasksAndHeadersTest {
    private static final FloatMatrix COVERAGE =
            FloatMatrix.of(6, 2, 0, 0.1f, 1, 0, 0.25f, 0.75f, 0, 0, 1 / 3f, 0, 0, 1);

    @TempDir
    private Path folder;

    private final SyntheticStudy synthetic = SyntheticStudy.of(ElementType.F16, AttentionStorage.NONE, 3);

    private Study write(Metadata metadata) {
        StudyManifest manifest = synthetic.manifest().withMaskClasses(List.of("lung", "opacity"));
        Path study = folder.resolve("study");
        try (StudyWriter writer = StudyWriter.open(study, manifest, synthetic.inputs(), FailurePolicy.RETRY)) {
            try (ShardWriter shard = writer.begin(0)) {
                shard.append(image(0, Optional.of(COVERAGE), Map.of("modality", "CT", "kvp", "120")));
                shard.append(image(1, Optional.empty(), Map.of()));
                shard.fail(synthetic.inputs().get(2), "it is damaged");
                shard.commit();
            }
            writer.finish(metadata);
        }
        return Study.open(study);
    }

    private ExtractedImage image(int index, Optional<FloatMatrix> coverage, Map<String, String> header) {
        ExtractedImage plain = synthetic.image(index);
        return new ExtractedImage(
                plain.input(),
                plain.sha256(),
                plain.width(),
                plain.height(),
                plain.view(),
                plain.tokens(),
                plain.attention(),
                coverage,
                new LinkedHashMap<>(header));
    }

    @Test
    void coverageIsKeptInFullPrecisionAlsoInAStudyOfHalfPrecision() {
        try (Study study = write(Metadata.none(3))) {
            assertThat(study.manifest().maskClasses()).containsExactly("lung", "opacity");
            assertThat(study.coverage(0)).contains(COVERAGE);
            assertThat(study.verify().isWhole()).isTrue();
        }
    }

    @Test
    void anImageWithoutMaskHasNoCoverageRatherThanNone() {
        try (Study study = write(Metadata.none(3))) {
            assertThat(study.coverage(1)).isEmpty();
        }
    }

    @Test
    void whatHeadersTellBecomesTypedColumns() {
        try (Study study = write(Metadata.none(3))) {
            assertThat(study.metadata().get("modality")).isInstanceOf(MetadataColumn.Text.class);
            assertThat(study.metadata().get("modality").text(0)).contains("CT");
            assertThat(study.metadata().get("kvp")).isInstanceOf(MetadataColumn.Whole.class);
            assertThat(study.metadata().get("kvp").text(1)).isEmpty();
        }
    }

    @Test
    void theUsersColumnStaysWhereAHeaderHasOneOfTheSameName() {
        MetadataColumn column = MetadataColumn.of("Modality", List.of("low dose", "high dose", ""));
        try (Study study = write(new Metadata(3, List.of(column)))) {
            assertThat(study.metadata().columns()).hasSize(2);
            assertThat(study.metadata().get("modality").text(0)).contains("low dose");
        }
    }

    @Test
    void aRunWithOtherClassesDoesNotContinueTheStudy() {
        write(Metadata.none(3)).close();
        StudyManifest other = synthetic.manifest().withMaskClasses(List.of("lung"));
        assertThat(ManifestDifference.between(synthetic.manifest().withMaskClasses(List.of("lung", "opacity")), other))
                .anySatisfy(difference -> assertThat(difference.field()).isEqualTo("mask classes"));
    }
}
