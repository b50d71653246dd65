package org.patchlens.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.patchlens.analysis.Figure;
import org.patchlens.analysis.ResultJson;
import org.patchlens.figure.TableText;
import org.patchlens.model.ImageEncoder;
import org.patchlens.model.hub.HubCache;
import org.patchlens.model.hub.KnownModel;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `patchlens model list`: what is on this machine, and what is known to be good.
@CommandLine.Command(
        name = "list",
        description = "List the model that comes along, those in the cache, and some that are known to be read.")
final class ModelListCommand implements Command {
    private final Terminal terminal;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ModelListCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    /// A model in the cache.
    ///
    /// @param name with its commit
    /// @param family of the model; empty if something is missing, or if it is no plain Vision Transformer
    /// @param bytes of its files
    /// @param path to load, if all that is needed is there
    record Local(String name, Optional<String> family, long bytes, Optional<String> path) {}

    /// All lists.
    ///
    /// @param bundled the model that comes along
    /// @param cache where downloaded models lie
    /// @param local models in it
    /// @param known models that are known to be read
    record Models(KnownModel bundled, String cache, List<Local> local, List<KnownModel> known) {}

    @Override
    public ExitCode run() {
        HubCache cache = new ModelArgument(terminal).hub().cache();
        List<Local> local =
                cache.entries().stream().map(ModelListCommand::local).toList();
        Models models = new Models(KnownModel.BUNDLED, cache.folder().toString(), local, KnownModel.ALL);
        terminal.out().print(json ? ResultJson.text(models) : text(models));
        return ExitCode.OK;
    }

    private static Local local(HubCache.Entry entry) {
        return new Local(
                entry.name().toString(),
                entry.path().flatMap(ImageEncoder::findFamily),
                entry.bytes(),
                entry.path().map(Path::toString));
    }

    private static String text(Models models) {
        String here = models.local().isEmpty()
                ? "No models in " + models.cache() + ".\n"
                : "Models in " + models.cache() + ":\n" + TableText.of(localTable(models.local()));
        return "Comes along:\n" + TableText.of(knownTable(List.of(models.bundled()))) + "\n" + here
                + "\nKnown to be read; get one by patchlens model pull NAME:\n"
                + TableText.of(knownTable(models.known()));
    }

    private static Figure.Table localTable(List<Local> models) {
        List<List<String>> rows = new ArrayList<>();
        for (Local model : models) {
            String state =
                    model.path().isEmpty() ? "not complete" : model.family().orElse("no plain Vision Transformer");
            rows.add(List.of(model.name(), state, ByteSize.of(model.bytes())));
        }
        return new Figure.Table("", "", List.of("name", "family", "size"), rows);
    }

    private static Figure.Table knownTable(List<KnownModel> models) {
        List<List<String>> rows = new ArrayList<>();
        for (KnownModel model : models) {
            rows.add(List.of(
                    model.name(),
                    model.family(),
                    model.millions() + " M",
                    model.licence() + (model.gated() ? " (gated)" : ""),
                    model.purpose()));
        }
        return new Figure.Table("", "", List.of("name", "family", "parameters", "licence", "trained on"), rows);
    }
}
