package org.patchlens.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.patchlens.PatchlensException;
import org.patchlens.server.ExplorerServer;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens serve`: the explorer in the browser, on this machine.
@CommandLine.Command(
        name = "serve",
        description = "Look at studies in the browser, on this machine; Ctrl-C ends it.",
        footer = {
            "",
            "The address that is printed holds a token, made anew for each run; nobody else gets in. For a study on"
                    + " another machine: ssh -L 8686:localhost:8686 MACHINE patchlens serve DIR --no-open"
        })
final class ServeCommand implements Command {
    private static final int HIGHEST_PORT = 65_535;

    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", arity = "0..*", description = "The studies.")
    private List<Path> folders = List.of();

    @Option(
            names = "--port",
            paramLabel = "NUMBER",
            description = "Port to listen on; 0 for any that is free (default: 8686, or the next that is free).")
    private Optional<Integer> port;

    @Option(names = "--no-open", description = "Print the address without opening a browser.")
    private boolean noOpen;

    @Option(names = "--rehearse", hidden = true, description = "Start, answer once and stop, for the start-up cache.")
    private boolean rehearse;

    ServeCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        if (rehearse) {
            return rehearse();
        }
        if (folders.isEmpty()) {
            throw PatchlensException.usage(
                    "serve", "no study is given", "Give the folders that patchlens extract --study made.");
        }
        return serve(terminal, new Visit(folders, port, !noOpen, ""));
    }

    /// What is shown to whom.
    ///
    /// @param folders of the studies
    /// @param port to listen on, 0 for any; without it the usual one or the next that is free
    /// @param open whether a browser is opened
    /// @param view the part of the address after `#`, or empty
    record Visit(List<Path> folders, Optional<Integer> port, boolean open, String view) {}

    /// Serves until somebody stops it.
    static ExitCode serve(Terminal terminal, Visit visit) {
        int wanted = visit.port().orElse(ExplorerServer.USUAL_PORT);
        if (wanted < 0 || wanted > HIGHEST_PORT) {
            throw PatchlensException.usage("--port " + wanted, "0 to " + HIGHEST_PORT + " is expected", "");
        }
        ExplorerServer.Options options = new ExplorerServer.Options(
                visit.folders(), wanted, visit.port().isEmpty(), mistake -> tellMistake(terminal, mistake));
        CountDownLatch stop = new CountDownLatch(1);
        try (Interruption interruption = Interruption.whileServing(terminal, stop::countDown);
                ExplorerServer server = ExplorerServer.start(options)) {
            announce(terminal, server, visit);
            while (!interruption.requested()) {
                stop.await();
            }
            terminal.err().println("Stopped.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return ExitCode.OK;
    }

    private ExitCode rehearse() {
        ExplorerServer.Options options =
                new ExplorerServer.Options(List.of(), 0, false, mistake -> tellMistake(terminal, mistake));
        try (ExplorerServer server = ExplorerServer.start(options)) {
            server.rehearse();
        }
        return ExitCode.OK;
    }

    private static void announce(Terminal terminal, ExplorerServer server, Visit visit) {
        String address = server.address() + (visit.view().isEmpty() ? "" : "#" + visit.view());
        if (!server.hasPage()) {
            terminal.err()
                    .println("This build has no page, because npm was missing when it was made; programs can use the"
                            + " interface at /api/openapi.json.");
        }
        terminal.out().println(address);
        terminal.out().flush();
        terminal.err().println("Serving on this machine only; press Ctrl-C to stop.");
        if (visit.open() && server.hasPage()) {
            open(terminal, address);
        }
    }

    /// Asks the system's opener; where there is none, the address stands on the terminal.
    private static void open(Terminal terminal, String address) {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        List<String> opener = system.contains("mac")
                ? List.of("open", address)
                : system.contains("windows")
                        ? List.of("rundll32", "url.dll,FileProtocolHandler", address)
                        : List.of("xdg-open", address);
        try {
            new ProcessBuilder(opener)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            terminal.err().println("No browser could be opened; open the address above in one.");
        }
    }

    private static void tellMistake(Terminal terminal, Throwable mistake) {
        CrashReport report = new CrashReport(List.of("serve"), mistake);
        String details = report.writeTo(terminal.crashFolder())
                .map(file -> " The details are in " + file + ".")
                .orElse("");
        terminal.err().println("This is a mistake in Patchlens: " + mistake + "." + details);
    }
}
