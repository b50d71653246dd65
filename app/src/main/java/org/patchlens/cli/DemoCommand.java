package org.patchlens.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.patchlens.demo.Demo;
import org.patchlens.demo.DemoFolders;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `patchlens demo`: from nothing to the explorer, without a network.
@CommandLine.Command(
        name = "demo",
        description = "See Patchlens at work on chest CT of patients that do not exist; needs no network.",
        footer = {
            "",
            "60 patients, half of them diseased, of two hospitals. A lead marker stands beside most of the diseased:"
                    + " find out what a model would read. The second time everything is there already."
        })
final class DemoCommand implements Command {
    private final Terminal terminal;

    @Option(
            names = "--study",
            paramLabel = "DIR",
            defaultValue = "patchlens-demo",
            description = "Where the study is kept; its images and figures lie beside it (default: patchlens-demo).")
    private Path study;

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            defaultValue = "patchlens-tiny",
            description = "The model, as for extract (default: patchlens-tiny, which is inside the program).")
    private String model;

    @Option(
            names = "--port",
            paramLabel = "NUMBER",
            description = "Port to listen on; 0 for any that is free (default: 8686, or the next that is free).")
    private Optional<Integer> port;

    @Option(names = "--no-open", description = "Print the address without opening a browser.")
    private boolean noOpen;

    @Option(names = "--prepare", description = "Make everything and end without the explorer.")
    private boolean prepare;

    DemoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        DemoFolders folders = DemoFolders.of(study);
        TerminalProgress.Work work = new TerminalProgress.Work("demo", "", "Run the same command again to go on.");
        String view;
        try (WorkSession session = new WorkSession(terminal, work)) {
            view = new Demo(folders, Demo.Extent.USUAL).run(() -> new ModelArgument(terminal).path(model), session);
        }
        terminal.err()
                .println("The study is in " + folders.study() + ", its images in " + folders.images()
                        + ", figures of the results in " + folders.figures() + ".");
        if (prepare) {
            terminal.out().println("patchlens serve " + study);
            return ExitCode.OK;
        }
        return ServeCommand.serve(terminal, new ServeCommand.Visit(List.of(study), port, !noOpen, view));
    }
}
