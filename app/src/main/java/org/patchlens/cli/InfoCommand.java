package org.patchlens.cli;

import java.nio.file.Path;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.ResultJson;
import org.patchlens.study.Study;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens info`: what a study holds, where it came from, whether it is whole.
@CommandLine.Command(name = "info", description = "Show what a study holds, where it came from, whether it is whole.")
final class InfoCommand implements Command {
    private final Terminal terminal;

    @Parameters(paramLabel = "DIR", description = "The study.")
    private Path folder;

    @Option(names = "--verify", description = "Read every byte and compare it with its checksum.")
    private boolean verify;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    InfoCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        try (Study study = Study.open(folder)) {
            StudyReport report = StudyReport.of(study, verify);
            terminal.out().print(json ? ResultJson.text(report) : report.text());
            if (report.problems().isEmpty()) {
                return ExitCode.OK;
            }
            throw PatchlensException.badData(
                    folder.toString(),
                    "is damaged: " + String.join("; ", report.problems()),
                    "Extract the study again, or restore these files.");
        }
    }
}
