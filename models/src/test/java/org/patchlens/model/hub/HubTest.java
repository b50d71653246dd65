package org.patchlens.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.PatchlensException;
import org.patchlens.PatchlensException.Category;
import org.patchlens.analysis.Progress;
import org.patchlens.model.RandomVit;
import org.patchlens.model.VitModel;
import org.patchlens.model.hub.HubServer.Trouble;

/// Models come from a hub whole and checked, whatever the hub and the network do.
class HubTest {
    private static final ModelName EYE = ModelName.get("lab/eye");
    private static final String WEIGHTS = "model.safetensors";

    @TempDir
    private Path folder;

    private HubServer server;
    private final List<Duration> pauses = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void startServer() {
        server = HubServer.of(RandomVit.write(folder.resolve("model"), 1));
    }

    @AfterEach
    void stopServer() {
        server.close();
    }

    private HubSettings settings(Optional<String> token, boolean offline) {
        return new HubSettings(
                server.endpoint(), folder.resolve("hub"), token, offline, Duration.ofMillis(400), Optional.empty());
    }

    private Hub hub() {
        return new Hub(settings(Optional.of("hf_secret"), false), new Retries(5, Duration.ofSeconds(1), pauses::add));
    }

    private Path blob() {
        return folder.resolve("hub/models--lab--eye/blobs").resolve(HubServer.sha256(server.file(WEIGHTS)));
    }

    private PatchlensException refusal() {
        return refusal(EYE);
    }

    private PatchlensException refusal(ModelName name) {
        return catchThrowableOfType(PatchlensException.class, () -> hub().pull(name, Progress.NONE));
    }

    @Test
    void aModelArrivesInTheLayoutThatPythonShares() throws IOException {
        Hub.Pulled pulled = hub().pull(EYE, Progress.NONE);
        Path model = folder.resolve("hub/models--lab--eye");
        assertThat(pulled.path()).isEqualTo(model.resolve("snapshots").resolve(HubServer.COMMIT));
        assertThat(model.resolve("refs/main")).hasContent(HubServer.COMMIT);
        Path weights = pulled.path().resolve(WEIGHTS);
        assertThat(Files.readSymbolicLink(weights))
                .isEqualTo(Path.of("../../blobs", HubServer.sha256(server.file(WEIGHTS))));
        assertThat(weights).hasBinaryContent(server.file(WEIGHTS));
        assertThat(pulled.files()).containsExactly("config.json", "preprocessor_config.json", WEIGHTS);
        try (Stream<Path> blobs = Files.list(model.resolve("blobs"))) {
            assertThat(blobs.map(file -> file.getFileName().toString()))
                    .hasSize(3)
                    .noneMatch(name -> name.endsWith(".incomplete"));
        }
    }

    @Test
    void aDownloadedModelIsCalledByItsNameOnTheHub() {
        try (VitModel model = VitModel.load(hub().get(EYE, Progress.NONE))) {
            assertThat(model.description().name()).isEqualTo("lab/eye@0123456789ab");
        }
    }

    @Test
    void theTokenIsShownToTheHubAndToNobodyElse() {
        hub().pull(EYE, Progress.NONE);
        assertThat(server.requests())
                .filteredOn(request -> request.contains("/storage/"))
                .isNotEmpty()
                .noneMatch(request -> request.endsWith("token"));
        assertThat(server.requests())
                .filteredOn(request -> !request.contains("/storage/"))
                .allMatch(request -> request.endsWith("token"));
    }

    @Test
    void whatIsThereIsNotFetchedAgain() {
        hub().pull(EYE, Progress.NONE);
        int before = server.requests().size();
        assertThat(hub().get(EYE, Progress.NONE)).exists();
        assertThat(server.requests()).hasSize(before);
        hub().pull(EYE, Progress.NONE);
        assertThat(server.requests().subList(before, server.requests().size()))
                .noneMatch(request -> request.contains("/storage/"));
    }

    @Test
    void aConnectionThatBreaksIsTakenUpWhereItBroke() {
        server.with(Trouble.CUT, 7);
        assertThat(hub().pull(EYE, Progress.NONE).path().resolve(WEIGHTS)).hasBinaryContent(server.file(WEIGHTS));
        assertThat(server.requests()).contains("GET /storage/" + WEIGHTS + " bytes=7000-");
        assertThat(pauses).hasSize(7).containsOnly(Duration.ofSeconds(1));
    }

    @Test
    void aServerThatFallsSilentIsAskedAgain() {
        server.with(Trouble.STALL, 1);
        assertThat(hub().pull(EYE, Progress.NONE).path().resolve(WEIGHTS)).hasBinaryContent(server.file(WEIGHTS));
    }

    @Test
    void aServerWithoutRangesSendsAllAgain() throws IOException {
        Files.createDirectories(blob().getParent());
        Files.write(blob().resolveSibling(blob().getFileName() + ".incomplete"), new byte[500]);
        server.with(Trouble.FORGETS_RANGES, 0);
        assertThat(hub().pull(EYE, Progress.NONE).path().resolve(WEIGHTS)).hasBinaryContent(server.file(WEIGHTS));
    }

    @Test
    void anEarlierDownloadIsGoneOnWith() throws IOException {
        byte[] all = server.file(WEIGHTS);
        Files.createDirectories(blob().getParent());
        Files.write(blob().resolveSibling(blob().getFileName() + ".incomplete"), java.util.Arrays.copyOf(all, 1234));
        assertThat(hub().pull(EYE, Progress.NONE).path().resolve(WEIGHTS)).hasBinaryContent(all);
        assertThat(server.requests()).contains("GET /storage/" + WEIGHTS + " bytes=1234-");
    }

    @Test
    void aServerErrorIsWaitedOutWithLongerAndLongerPauses() {
        server.with(Trouble.BROKEN, 3);
        assertThat(hub().pull(EYE, Progress.NONE).path()).exists();
        assertThat(pauses).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2), Duration.ofSeconds(4));
    }

    @Test
    void aBusyServerIsGivenTheTimeItAsksFor() {
        server.with(Trouble.BUSY, 1);
        assertThat(hub().pull(EYE, Progress.NONE).path()).exists();
        assertThat(pauses).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void aServerThatStaysBrokenIsGivenUp() {
        server.with(Trouble.BROKEN, 1000);
        assertThat(refusal())
                .hasMessageContaining("answers with status 500")
                .extracting(PatchlensException::category)
                .isEqualTo(Category.PARTIAL);
        assertThat(pauses).hasSize(4);
    }

    @Test
    void bytesThatAreNotTheAnnouncedOnesAreThrownAway() {
        server.with(Trouble.FORGES, 1);
        assertThat(refusal()).hasMessageContaining(WEIGHTS + " has another checksum than the hub announced");
        assertThat(blob()).doesNotExist();
        assertThat(hub().cache().find(EYE)).isEmpty();
        assertThat(hub().pull(EYE, Progress.NONE).path()).exists();
    }

    @Test
    void moreBytesThanAnnouncedAreNotTaken() {
        server.with(Trouble.UNDERSTATES, 1);
        assertThat(refusal()).hasMessageContaining("and sends more");
    }

    @Test
    void anImpossibleSizeIsRefusedBeforeTheFirstByte() {
        server.with(Trouble.OVERSTATES, 1);
        assertThat(refusal()).hasMessageContaining("says that " + WEIGHTS + " has 2199023255552 bytes");
        assertThat(server.requests()).noneMatch(request -> request.contains("/storage/"));
    }

    /// A cache on a disk of 16 kilobytes.
    @Test
    void aDiskThatIsTooSmallIsSaidBeforeTheFirstByteOfTheWeights() throws Exception {
        Path disk = Files.createDirectories(folder.resolve("hub"));
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", disk.toString()) == 0,
                "SKIPPED: a small disk cannot be mounted without the rights of root");
        try {
            assertThat(refusal())
                    .hasMessageMatching(
                            "\\[.*] the disk has \\d+ bytes free, and lab/eye needs \\d+\\. Free space, or set"
                                    + " HF_HOME to a folder on another disk\\.")
                    .extracting(PatchlensException::category)
                    .isEqualTo(Category.PARTIAL);
            assertThat(server.requests()).noneMatch(request -> request.contains("/storage/"));
        } finally {
            assertThat(run("umount", disk.toString())).isZero();
        }
    }

    private static int run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            return -1;
        }
    }

    @Test
    void aDiskThatFillsUpMeanwhileIsSaidInOneSentence() {
        HubSettings settings = settings(Optional.empty(), false);
        assertThat(HubProblem.disk(settings, new IOException("No space left on device")))
                .hasMessage(
                        "[" + folder.resolve("hub") + "] the cache cannot be written: the disk is full. Free space, or"
                                + " set HF_HOME to a folder on another disk; what has arrived is kept.");
        assertThat(HubProblem.disk(settings, new IOException("Permission denied")))
                .hasMessage("[" + folder.resolve("hub") + "] the cache cannot be written: Permission denied.");
    }

    @Test
    void aFileWithoutANameForItsContentIsRefused() {
        server.with(Trouble.NAMELESS, 1);
        assertThat(refusal()).hasMessageContaining("no name for its content");
    }

    @Test
    void redirectsInACircleEnd() {
        server.with(Trouble.CIRCLES, 1000);
        assertThat(refusal()).hasMessageContaining("redirects config.json more than 5 times");
    }

    @Test
    void aGatedModelSaysWhereToAcceptItsLicence() {
        server.with(Trouble.GATED, 1);
        assertThat(refusal())
                .hasMessage("[lab/eye] the model is gated: its owner gives it to those who accept its licence. Accept"
                        + " the licence at " + server.endpoint() + "/lab/eye, then set HF_TOKEN to a token of that"
                        + " account.");
    }

    @Test
    void anUnknownModelIsToldFromAnUnknownRevision() {
        server.with(Trouble.PRIVATE, 1);
        assertThat(refusal()).hasMessageContaining("there is no such model");
        assertThat(refusal(ModelName.get("lab/ear"))).hasMessageContaining("there is no such model");
        assertThat(refusal(ModelName.get("lab/eye@v9"))).hasMessageContaining("the model has no revision v9");
    }

    @Test
    void aModelWithoutReadableWeightsIsRefusedByTheirName() {
        server.without(WEIGHTS).with("pytorch_model.bin", new byte[10]);
        assertThat(refusal()).hasMessageContaining("pytorch_model.bin is of a kind that is not read");
    }

    @Test
    void weightsInPartsArriveWithAllParts() {
        byte[] whole = server.file(WEIGHTS);
        String index = "{\"metadata\":{},\"weight_map\":{\"a\":\"model-00001-of-00002.safetensors\","
                + "\"b\":\"model-00002-of-00002.safetensors\"}}";
        server.without(WEIGHTS)
                .with("model.safetensors.index.json", index.getBytes(StandardCharsets.UTF_8))
                .with("model-00001-of-00002.safetensors", whole)
                .with("model-00002-of-00002.safetensors", new byte[2000]);
        Hub.Pulled pulled = hub().pull(EYE, Progress.NONE);
        assertThat(pulled.files()).contains("model-00001-of-00002.safetensors", "model-00002-of-00002.safetensors");
        assertThat(hub().cache().find(EYE)).contains(pulled.path());
    }

    @Test
    void anUnfinishedModelIsNotFound() throws IOException {
        Hub.Pulled pulled = hub().pull(EYE, Progress.NONE);
        Files.delete(pulled.path().resolve(WEIGHTS));
        assertThat(hub().cache().find(EYE)).isEmpty();
    }

    @Test
    void offlineOnlyTheCacheIsLookedAt() {
        Hub offline = new Hub(settings(Optional.empty(), true));
        assertThatThrownBy(() -> offline.get(EYE, Progress.NONE))
                .hasMessageContaining("HF_HUB_OFFLINE forbids to ask for it");
        assertThat(server.requests()).isEmpty();
        hub().pull(EYE, Progress.NONE);
        assertThat(offline.get(EYE, Progress.NONE)).exists();
    }

    @Test
    void withoutANetworkTheSentenceSaysWhatToDo() {
        server.close();
        assertThat(refusal())
                .hasMessageContaining("cannot be reached: nobody answers there")
                .hasMessageContaining("HTTPS_PROXY");
    }

    @Test
    void aProxyIsUsed() {
        HubSettings behindProxy = new HubSettings(
                "http://hub.invalid",
                folder.resolve("hub"),
                Optional.empty(),
                false,
                Duration.ofSeconds(5),
                Optional.of(URI.create(server.endpoint())));
        Retries once = new Retries(1, Duration.ZERO, pauses::add);
        Hub.Pulled pulled = new Hub(behindProxy, once).pull(EYE, Progress.NONE);
        assertThat(pulled.path()).exists();
    }

    @Test
    void progressCountsKilobytesUpToTheEnd() {
        List<Long> done = new ArrayList<>();
        List<Long> totals = new ArrayList<>();
        hub().pull(EYE, (stage, arrived, total) -> {
            done.add(arrived);
            totals.add(total);
        });
        assertThat(done).isSorted();
        assertThat(done.getLast()).isEqualTo(totals.getLast()).isPositive();
    }

    @Test
    void stoppingKeepsWhatHasArrived() {
        Progress stop = (stage, done, total) -> {
            if (done > 5) {
                throw PatchlensException.interrupted("download", "stopped", "");
            }
        };
        assertThatThrownBy(() -> hub().pull(EYE, stop)).isInstanceOf(PatchlensException.class);
        assertThat(hub().cache().find(EYE)).isEmpty();
        assertThat(hub().pull(EYE, Progress.NONE).path()).exists();
    }

    @Test
    void theCacheListsItsModels() {
        Hub.Pulled pulled = hub().pull(EYE, Progress.NONE);
        assertThat(hub().cache().entries())
                .containsExactly(new HubCache.Entry(
                        ModelName.get("lab/eye@" + HubServer.COMMIT), Optional.of(pulled.path()), pulled.bytes()));
    }
}
