package org.patchlens.study.result;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.patchlens.PatchlensException;
import org.patchlens.tensor.FloatMatrix;
import tools.jackson.databind.json.JsonMapper;

class ResultStoreTest {
    private static final ResultName FIRST = new ResultName("norms", "first-look");
    private static final FloatMatrix POSITIONS = FloatMatrix.of(3, 2, 1, 2, 3, Float.NaN, 5, -6);

    @TempDir
    private Path study;

    private ResultStore store = new ResultStore(Path.of("nowhere"));

    @BeforeEach
    void aStudy() throws IOException {
        Files.writeString(study.resolve("study.json"), "{}");
        store = new ResultStore(study);
    }

    private static ResultContent content() {
        SequencedMap<String, NumberArray> arrays = new LinkedHashMap<>();
        arrays.put("positions", NumberArray.of(POSITIONS));
        arrays.put("images", NumberArray.of(List.of(7, -1, 1 << 30)));
        JsonMapper json = JsonMapper.shared();
        return new ResultContent(
                json.readTree("{\"factor\":5}"), json.readTree("{\"seed\":7}"), "{\"a\":1}\n", "[]", arrays);
    }

    private Path file(String name) {
        return study.resolve("results/norms/first-look").resolve(name);
    }

    @Test
    void whatWasSavedIsThereForWhoeverOpensTheStudyNext() {
        store.save(FIRST, content());
        ResultReader read = new ResultStore(study).get(FIRST);
        assertThat(read.result()).isEqualTo("{\"a\":1}\n");
        assertThat(read.figures()).isEqualTo("[]");
        assertThat(read.saved().options()).isEqualTo(content().options());
        assertThat(read.saved().provenance()).isEqualTo(content().provenance());
        assertThat(read.arrays()).isEqualTo(content().arrays());
        assertThat(read.array("positions").matrix()).isEqualTo(POSITIONS);
        assertThat(read.saved().ofThisStudy()).isTrue();
    }

    @Test
    void resultsAreListedByAnalysisAndName() {
        for (String name : List.of("b", "a")) {
            store.save(new ResultName("project", name), content());
            store.save(new ResultName("norms", name), content());
        }
        assertThat(store.list().results())
                .extracting(saved -> saved.name().toString())
                .containsExactly("norms/a", "norms/b", "project/a", "project/b");
    }

    @Test
    void aStudyWithoutResultsHasAnEmptyList() {
        assertThat(store.list()).isEqualTo(new ResultStore.Listing(List.of(), List.of()));
        assertThat(store.find(FIRST)).isEmpty();
        assertThat(study.resolve("results")).doesNotExist();
    }

    @Test
    void aNameThatIsTakenIsRefusedAndWhatIsThereStays() throws IOException {
        store.save(FIRST, content());
        byte[] before = Files.readAllBytes(file("saved.json"));
        assertThatThrownBy(() -> store.save(FIRST, content()))
                .isInstanceOf(PatchlensException.class)
                .hasMessageStartingWith("[result norms/first-look] exists already.");
        assertThat(Files.readAllBytes(file("saved.json"))).isEqualTo(before);
    }

    @Test
    void ofManyWhoSaveUnderOneNameOneSucceeds() {
        AtomicInteger refused = new AtomicInteger();
        IntStream.range(0, 16).parallel().forEach(i -> {
            try {
                store.save(FIRST, content());
            } catch (PatchlensException e) {
                refused.incrementAndGet();
            }
        });
        assertThat(refused).hasValue(15);
        assertThat(store.get(FIRST).arrays()).isEqualTo(content().arrays());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "..", "../x", "a/b", "a\\b", ".hidden", "A", "a--b", "-a", "a ", "\u0000", "ä"})
    void aNameThatCouldLeadElsewhereIsRefused(String name) {
        assertThatThrownBy(() -> new ResultName("norms", name)).isInstanceOf(PatchlensException.class);
        assertThatThrownBy(() -> new ResultName(name, "x")).isInstanceOf(PatchlensException.class);
    }

    @Test
    void theSameResultHasTheSameBytes() throws IOException {
        store.save(FIRST, content());
        byte[] first = Files.readAllBytes(file("saved.json"));
        store.remove(FIRST);
        store.save(FIRST, content());
        assertThat(Files.readAllBytes(file("saved.json"))).isEqualTo(first);
    }

    @Test
    void aRemovedResultIsGone() throws IOException {
        store.save(FIRST, content());
        store.remove(FIRST);
        assertThat(store.list().results()).isEmpty();
        try (Stream<Path> left = Files.list(study.resolve("results/norms"))) {
            assertThat(left).isEmpty();
        }
        assertThatThrownBy(() -> store.remove(FIRST)).hasMessageContaining("is not in the study");
    }

    @Test
    void whatAKilledProcessLeftIsNoResultAndIsClearedAway() throws IOException {
        store.save(FIRST, content());
        Path torn = study.resolve("results/norms/.second.tmp");
        Files.createDirectories(torn);
        Files.writeString(torn.resolve("result.json"), "{");
        assertThat(store.list().results()).hasSize(1);
        store.save(new ResultName("norms", "second"), content());
        assertThat(torn).doesNotExist();
        assertThat(store.list().results()).hasSize(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"result.json", "figures.json", "positions.npy", "images.npy"})
    void aDamagedFileIsNamedAndNotBelieved(String name) throws IOException {
        store.save(FIRST, content());
        byte[] bytes = Files.readAllBytes(file(name));
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(name), bytes);
        ResultReader read = store.get(FIRST);
        assertThatThrownBy(() -> {
                    read.result();
                    read.figures();
                    read.arrays();
                })
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining(name)
                .hasMessageContaining("is not what was written");
    }

    @Test
    void aDamagedResultHidesNoOther() throws IOException {
        store.save(FIRST, content());
        store.save(new ResultName("norms", "other"), content());
        Files.writeString(file("saved.json"), "{\"format\":\"patchlens-result\"}");
        ResultStore.Listing listing = store.list();
        assertThat(listing.results()).hasSize(1);
        assertThat(listing.problems()).singleElement().asString().contains("saved.json", "has no field");
    }

    @Test
    void anArrayThatIsSaidToBeGiganticTakesNoMemory() throws IOException {
        store.save(FIRST, content());
        String json = Files.readString(file("saved.json"));
        assertThat(json).contains("\"bytes\" : 140");
        Files.writeString(file("saved.json"), json.replace("\"bytes\" : 140", "\"bytes\" : 1099511627776"));
        ResultReader read = store.get(FIRST);
        assertThatThrownBy(() -> read.array("images")).hasMessageContaining("at most 1073741824 are read");
    }

    @Test
    void aFolderBehindALinkIsNoResult(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("study.json"), "{}");
        new ResultStore(elsewhere).save(FIRST, content());
        Files.createDirectories(study.resolve("results"));
        Files.createSymbolicLink(study.resolve("results/norms"), elsewhere.resolve("results/norms"));
        assertThat(store.list().results()).isEmpty();
    }

    @Test
    void aResultOfAnotherStateOfTheStudySaysSo() throws IOException {
        store.save(FIRST, content());
        Files.writeString(study.resolve("study.json"), "{ }");
        assertThat(store.get(FIRST).saved().ofThisStudy()).isFalse();
    }

    @Test
    void aStudyThatCannotBeWrittenSaysSo() throws IOException {
        Files.writeString(study.resolve("results"), "a file");
        assertThatThrownBy(() -> store.save(FIRST, content()))
                .isInstanceOf(PatchlensException.class)
                .hasMessageContaining("cannot be written");
    }
}
