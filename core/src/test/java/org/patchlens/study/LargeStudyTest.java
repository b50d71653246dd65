package org.patchlens.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A study larger than all the memory that a process is given.
class LargeStudyTest {
    @TempDir
    Path folder;

    @Test
    void aStudyLargerThanTheHeapIsWrittenAndScanned() throws Exception {
        // 40 images of 14 layers are 169 MB on disk and 339 MB as floats; -Xmx bounds the memory outside the heap
        // too
        Process process = ChildProcess.start(
                List.of("-Xmx40m"),
                StudyThroughput.class,
                folder.resolve("study").toString(),
                "f16",
                "40",
                "write,scan");
        process.getOutputStream().close();
        try (BufferedReader output = ChildProcess.lines(process)) {
            List<String> lines = output.lines().toList();
            assertThat(process.waitFor()).as(String.join("\n", lines)).isZero();
            assertThat(lines).hasSize(3).last().asString().startsWith("F16 second scan");
        }
    }
}
