package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.model.RandomVit;

/// `patchlens model`: from a hub's name to a folder that `extract` takes.
class ModelCommandTest {
    private static final String COMMIT = "0123456789abcdef0123456789abcdef01234567";

    @TempDir
    private Path folder;

    private CommandLineRun run(Map<String, String> environment, String... arguments) {
        return CommandLineRun.with(environment, folder, arguments);
    }

    private Map<String, String> offline() {
        return Map.of("HF_HOME", folder.toString(), "HF_HUB_OFFLINE", "1");
    }

    /// A cache as Python's library leaves it, with one model.
    private Path cached() throws IOException {
        Path model = folder.resolve("hub/models--lab--eye");
        Path snapshot = RandomVit.write(model.resolve("snapshots").resolve(COMMIT), 1);
        Files.createDirectories(model.resolve("refs"));
        Files.writeString(model.resolve("refs/main"), COMMIT);
        return snapshot;
    }

    @Test
    void aModelOfTheCacheIsInspectedByItsName() throws IOException {
        Path snapshot = cached();
        CommandLineRun run = run(offline(), "model", "inspect", "lab/eye");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.err()).isEqualTo("model lab/eye: " + snapshot + System.lineSeparator());
        assertThat(run.out())
                .contains("model          lab/eye@0123456789ab\n")
                .contains("tokens         17 (cls before a grid of 4 x 4 patches)\n")
                .contains("readable       tokens of 2 layers, attention of 2\n");
    }

    @Test
    void theListTellsWhatIsHereAndWhatIsKnown() throws IOException {
        cached();
        CommandLineRun run = run(offline(), "model", "list");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("lab/eye@" + COMMIT).contains("facebook/dinov2-small");
        assertThat(run(offline(), "model", "list", "--json").out()).contains("\"family\" : \"vit\"");
    }

    @Test
    void aModelThatIsNotHereIsNotFetchedOffline() {
        CommandLineRun run = run(offline(), "model", "pull", "lab/eye");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("HF_HUB_OFFLINE forbids to ask for it");
    }

    @Test
    void aHubThatDoesNotKnowTheModelIsReportedInOneSentence() throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(404, -1);
            exchange.close();
        });
        server.start();
        try {
            String endpoint = "http://127.0.0.1:" + server.getAddress().getPort();
            Map<String, String> environment = Map.of("HF_HOME", folder.toString(), "HF_ENDPOINT", endpoint);
            CommandLineRun run = run(environment, "model", "pull", "lab/ear");
            assertThat(run.code()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(run.err().strip())
                    .isEqualTo("[lab/ear] there is no such model at " + endpoint
                            + ", or it is private. Check owner and name; for a private model set HF_TOKEN.");
        } finally {
            server.stop(0);
        }
    }

    @Test
    void whatIsNoNameIsSaidSo() {
        CommandLineRun run = run(offline(), "model", "pull", "eye");
        assertThat(run.code()).isEqualTo(ExitCode.USAGE);
        assertThat(run.err()).contains("[eye] this is no name of a model on a hub");
    }
}
