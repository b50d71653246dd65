package org.patchlens.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.patchlens.analysis.probe.ProbeStudy;

/// The commands of probes, from training over keeping to applying.
class ProbeCommandTest {
    @TempDir
    Path folder;

    private CommandLineRun run(String... arguments) {
        return CommandLineRun.of(folder, arguments);
    }

    @Test
    void aProbeIsTrainedKeptAndAppliedToAnotherStudy() throws IOException {
        String first = folder.resolve("first").toString();
        String second = folder.resolve("second").toString();
        ProbeStudy.usual().write(folder.resolve("first")).close();
        ProbeStudy.usual().write(folder.resolve("second")).close();
        CommandLineRun trained = run("probe", first, "--permutations", "99", "--repeats", "1", "--save", "sick");
        assertThat(trained.code()).isEqualTo(ExitCode.OK);
        assertThat(trained.out())
                .contains("Probe of label", "Unit of inference: patient (column patient)", "above threshold")
                .contains("it does not show that a model uses it");
        Path csv = folder.resolve("predicted.csv");
        CommandLineRun applied = run("predict", second, "--probe", "sick", "--from", first, "--csv", csv.toString());
        assertThat(applied.code()).isEqualTo(ExitCode.OK);
        assertThat(applied.out()).startsWith("Predicted label");
        List<String> lines = Files.readAllLines(csv);
        assertThat(lines).hasSize(49);
        assertThat(lines.getFirst()).isEqualTo("image,predicted label,healthy,sick");
    }

    @Test
    void aProbeOfAnotherModelAndOneThatIsNotThereAreRefused() {
        String first = folder.resolve("first").toString();
        String other = folder.resolve("other").toString();
        ProbeStudy.usual().write(folder.resolve("first")).close();
        new ProbeStudy('b', 2, false, List.of()).write(folder.resolve("other")).close();
        run("probe", first, "--permutations", "0", "--repeats", "1", "--save", "sick");
        CommandLineRun foreign = run("predict", other, "--probe", "sick", "--from", first);
        assertThat(foreign.code()).isEqualTo(ExitCode.USAGE);
        assertThat(foreign.err()).startsWith("[--probe probe/sick] was trained on made-up with the checksum aaaa");
        CommandLineRun missing = run("predict", other, "--probe", "sick");
        assertThat(missing.code()).isEqualTo(ExitCode.USAGE);
        assertThat(missing.err()).startsWith("[result probe/sick] is not in the study.");
    }

    @Test
    void aSegmentationIsProbed() {
        ProbeStudy.usual().write(folder.resolve("study")).close();
        CommandLineRun run = run("probe-segmentation", folder.resolve("study").toString(), "--layers", "2");
        assertThat(run.code()).isEqualTo(ExitCode.OK);
        assertThat(run.out()).contains("Segmentation probe", "pixels and place", "layer 2", "Worst images");
    }
}
