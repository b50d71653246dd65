package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.embedding.Layer;
import org.patchlens.study.StudyExport.Format;
import org.patchlens.study.StudyExport.Options;
import org.patchlens.study.StudyExport.Tokens;
import org.patchlens.study.disk.NpyFile;
import org.patchlens.study.disk.NpyHeader;
import org.patchlens.study.disk.Tables;
import org.patchlens.tensor.FloatMatrix;
import org.patchlens.tensor.HalfPrecision;

class StudyExportTest {
    private final SyntheticStudy synthetic = SyntheticStudy.ofHalves(6);

    @TempDir
    Path temporary;

    private Study study;
    private Path out;

    @BeforeEach
    void openAStudy() {
        synthetic.write(temporary.resolve("study"));
        study = Study.open(temporary.resolve("study"));
        out = temporary.resolve("out");
    }

    @AfterEach
    void closeIt() {
        study.close();
    }

    private List<String> export(Format format, Tokens tokens, List<Layer> layers) {
        return StudyExport.write(study, out, new Options(format, tokens, layers, false), done -> {}).stream()
                .map(file -> file.getFileName().toString())
                .toList();
    }

    @Test
    void oneArrayPerLayerHoldsAllImages() {
        assertThat(export(Format.NPY, Tokens.ALL, List.of()))
                .containsExactly(
                        "images.csv",
                        "embeddings-layer-00.npy",
                        "embeddings-layer-02.npy",
                        "embeddings-layer-last.npy");
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment halves = NpyFile.map(
                    out.resolve("embeddings-layer-02.npy"), new NpyHeader("<f2", List.of(6, 7, 8)), 2, arena);
            FloatMatrix wide = FloatMatrix.zeros(6 * 7, 8);
            HalfPrecision.widen(halves, wide);
            for (int i = 0; i < 6; i++) {
                assertThat(wide.rows(7 * i, 7 * i + 7))
                        .isEqualTo(synthetic.image(i).tokens().get(1));
            }
        }
    }

    @Test
    void patchesLeaveTheSpecialTokensOut() {
        export(Format.NPY, Tokens.PATCHES, List.of(Layer.LAST));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment halves = NpyFile.map(
                    out.resolve("embeddings-layer-last.npy"), new NpyHeader("<f2", List.of(6, 6, 8)), 2, arena);
            FloatMatrix wide = FloatMatrix.zeros(6 * 6, 8);
            HalfPrecision.widen(halves, wide);
            assertThat(wide.rows(30, 36))
                    .isEqualTo(synthetic.image(5).tokens().get(2).rows(1, 7));
        }
    }

    @Test
    void pooledArraysHaveOneRowPerImage() {
        export(Format.NPY, Tokens.MEAN, List.of(Layer.LAST));
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment means = NpyFile.map(
                    out.resolve("embeddings-layer-last.npy"), new NpyHeader("<f4", List.of(6, 8)), 4, arena);
            assertThat(FloatMatrix.over(means, 6, 8).get(5, 3)).isEqualTo(meanOfImage5());
        }
    }

    /// Sums of multiples of 1/64 below 8 are exact, so the division rounds once in any order of the sum.
    private float meanOfImage5() {
        double sum = 0;
        for (int token = 1; token < 7; token++) {
            sum += synthetic.image(5).tokens().get(2).get(token, 3);
        }
        return (float) (sum / 6);
    }

    @Test
    void tablesHoldClsAndMeanOfEachLayer() throws IOException {
        assertThat(export(Format.CSV, Tokens.ALL, List.of(new Layer(0), Layer.LAST)))
                .containsExactly("images.csv", "embeddings.csv");
        List<String> lines = Files.readAllLines(out.resolve("embeddings.csv"));
        assertThat(lines).hasSize(1 + 6 * 2 * 2);
        assertThat(lines.getFirst()).isEqualTo("index,id,layer,pooling,d0,d1,d2,d3,d4,d5,d6,d7");
        assertThat(lines.get(1))
                .startsWith("0,ward/image-0000.png,0,cls,"
                        + synthetic.image(0).tokens().get(0).get(0, 0) + ",");
        assertThat(lines.getLast().split(",", -1)[7]).isEqualTo(Float.toString(meanOfImage5()));
        assertThat(lines.getLast()).startsWith("5,ward/image-0005.png,last,mean,");
        List<String> images = Files.readAllLines(out.resolve("images.csv"));
        assertThat(images.getFirst())
                .isEqualTo("index,id,source,frame,sha256,width,height,shard,row,label,age,metadata_width");
        assertThat(images.get(5)).endsWith(",104,200,1,0,normal,44,4.5");
        assertThat(images.get(4)).endsWith(",103,200,0,3,covid,,3.5");
    }

    @Test
    void parquetHoldsTheSameNumbersAsTheText() throws IOException, SQLException {
        export(Format.CSV, Tokens.ALL, List.of());
        export(Format.PARQUET, Tokens.ALL, List.of());
        List<String> fromParquet = new ArrayList<>();
        try (Connection connection = Tables.connect();
                var statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "SELECT * FROM read_parquet(" + Tables.literal(out.resolve("embeddings.parquet")) + ")")) {
            while (rows.next()) {
                StringBuilder line = new StringBuilder(
                        rows.getInt(1) + "," + rows.getString(2) + "," + rows.getString(3) + "," + rows.getString(4));
                for (int i = 5; i <= 12; i++) {
                    line.append(',').append(rows.getFloat(i));
                }
                fromParquet.add(line.toString());
            }
        }
        List<String> fromText = Files.readAllLines(out.resolve("embeddings.csv"));
        assertThat(fromParquet).isEqualTo(fromText.subList(1, fromText.size()));
        assertThat(out.toFile().list())
                .containsExactlyInAnyOrder("images.csv", "embeddings.csv", "images.parquet", "embeddings.parquet");
    }

    @Test
    void theTableOfACompleteStudyIsExportedAsItIs() throws IOException {
        export(Format.PARQUET, Tokens.ALL, List.of());
        assertThat(Files.readAllBytes(out.resolve("images.parquet")))
                .isEqualTo(Files.readAllBytes(temporary.resolve("study/images.parquet")));
    }

    @Test
    void nothingIsOverwrittenWithoutBeingAsked() throws IOException {
        Files.createDirectory(out);
        Files.writeString(out.resolve("embeddings.csv"), "precious");
        assertThatThrownBy(() -> export(Format.CSV, Tokens.ALL, List.of()))
                .hasMessage("[" + out.resolve("embeddings.csv") + "] is there already."
                        + " Give another folder, or --overwrite to replace it.");
        assertThat(out.toFile().list()).containsExactly("embeddings.csv");
        StudyExport.write(study, out, new Options(Format.CSV, Tokens.ALL, List.of(), true), done -> {});
        assertThat(out.resolve("embeddings.csv")).content().startsWith("index,id,");
    }

    @Test
    void aLayerThatIsNotStoredIsRefusedBeforeAnythingIsWritten() {
        assertThatThrownBy(() -> export(Format.NPY, Tokens.ALL, List.of(new Layer(1))))
                .hasMessageStartingWith("[layer 1] the study stores 0,2,last.");
        assertThat(out).doesNotExist();
    }

    @Test
    void progressCountsEveryImageOfEveryLayer() {
        List<Integer> heard = new ArrayList<>();
        StudyExport.write(study, out, new Options(Format.NPY, Tokens.CLS, List.of(), false), heard::add);
        assertThat(heard).hasSize(18).isSorted().endsWith(18);
    }
}
