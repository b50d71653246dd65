package org.patchlens.cli;

import org.patchlens.analysis.ResultJson;
import org.patchlens.model.hub.Hub;
import org.patchlens.model.hub.ModelName;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `patchlens model pull`: a model from a hub into the cache.
@CommandLine.Command(
        name = "pull",
        description = "Download a model from a hub into the cache that Python's huggingface_hub shares.",
        footer = {
            "",
            "HF_ENDPOINT, HF_TOKEN, HF_HOME, HF_HUB_CACHE, HF_HUB_OFFLINE and HTTPS_PROXY are honoured.",
            "Stopped half-way, the same command goes on where it was."
        })
final class ModelPullCommand implements Command {
    private final Terminal terminal;

    @Parameters(
            paramLabel = "OWNER/NAME[@REVISION]",
            description = "The model; the revision is a branch, tag or commit.")
    private String name;

    @Option(names = "--json", description = "Print JSON.")
    private boolean json;

    ModelPullCommand(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public ExitCode run() {
        Hub.Pulled pulled = new ModelArgument(terminal).pull(ModelName.get(name));
        terminal.out().print(json ? ResultJson.text(pulled) : text(pulled));
        return ExitCode.OK;
    }

    private static String text(Hub.Pulled pulled) {
        return new Fields()
                .add("model", pulled.name())
                .add("commit", pulled.commit())
                .add("files", String.join(", ", pulled.files()))
                .add("size", ByteSize.of(pulled.bytes()))
                .add("path", pulled.path())
                .text();
    }
}
