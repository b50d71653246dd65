package org.patchlens.cli;

import java.nio.file.Path;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.patchlens.PatchlensException;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.ResultFiles;
import org.patchlens.figure.FigureFiles;
import org.patchlens.figure.FigurePainter;
import org.patchlens.figure.TableText;
import org.patchlens.study.Study;
import org.patchlens.study.result.ResultName;
import org.patchlens.study.result.ResultReader;
import org.patchlens.study.result.ResultStore;
import org.patchlens.study.result.SavedResult;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens results`: what was kept with `--save`, listed, shown again or removed.
@CommandLine.Command(name = "results", description = "List, show again or remove the results that a study keeps.")
final class ResultsCommand implements Command {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm", Locale.ROOT).withZone(ZoneId.systemDefault());

    private final Terminal terminal;

    @Parameters(index = "0", paramLabel = "DIR", description = "The study.")
    private Path folder;

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "RESULT",
            description = "The one to show or remove, such as norms/first-look; without it, all are listed.")
    private Optional<String> result;

    @Option(names = "--remove", description = "Remove it.")
    private boolean remove;

    @Option(names = "--json", description = "Print the result as JSON; long arrays lie beside it as .npy files.")
    private boolean json;

    @Option(names = "--png", paramLabel = "FILE", description = "Draw its figures again.")
    private Optional<Path> png;

    ResultsCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        try (Study study = Study.open(folder)) {
            ResultStore store = new ResultStore(study.folder());
            if (result.isEmpty()) {
                list(store);
            } else if (remove) {
                store.remove(name(result.get()));
                terminal.err().println("removed " + result.get());
            } else {
                show(store.get(name(result.get())), study);
            }
        }
        return ExitCode.OK;
    }

    private static ResultName name(String text) {
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw PatchlensException.usage(
                    "result " + text, "an analysis and a name are expected, such as norms/first-look", "");
        }
        return new ResultName(parts[0], parts[1]);
    }

    private void list(ResultStore store) {
        ResultStore.Listing listing = store.list();
        List<List<String>> rows = new ArrayList<>();
        for (SavedResult saved : listing.results()) {
            rows.add(List.of(
                    saved.name().toString(),
                    TIME.format(saved.created()),
                    ByteSize.of(saved.bytes()),
                    saved.ofThisStudy() ? "" : "made of another state of the study",
                    saved.options().toString()));
        }
        if (rows.isEmpty() && listing.problems().isEmpty()) {
            terminal.out().println("No results are kept here; an analysis keeps its result with --save NAME.");
        } else {
            terminal.out()
                    .print(TableText.of(new Figure.Table(
                            "Results", "", List.of("result", "saved", "size", "note", "options"), rows)));
        }
        listing.problems().forEach(terminal.err()::println);
    }

    private void show(ResultReader saved, Study study) {
        List<Figure> figures = ResultFiles.figures(saved);
        png.map(file -> FigureFiles.writePng(file, figures, new FigurePainter(study::view, 2)))
                .ifPresent(files -> files.forEach(file -> terminal.err().println("wrote " + file)));
        if (json) {
            terminal.out().print(saved.result());
        } else {
            terminal.out().print(FigureText.of(figures));
        }
    }
}
