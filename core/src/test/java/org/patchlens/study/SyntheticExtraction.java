package org.patchlens.study;

import java.io.IOException;
import java.nio.file.Path;

/// A process that writes a synthetic study, says on its standard output what it has done, and waits for a byte on
/// its standard input before it goes on, so that a test can kill it at a chosen point.
final class SyntheticExtraction {
    private SyntheticExtraction() {}

    /// Goes on with the study until it is complete.
    ///
    /// @param arguments the study's folder and the number of images
    public static void main(String[] arguments) throws IOException {
        SyntheticStudy synthetic = SyntheticStudy.ofHalves(Integer.parseInt(arguments[1]));
        try (StudyWriter writer = StudyWriter.open(
                Path.of(arguments[0]), synthetic.manifest(), synthetic.inputs(), FailurePolicy.RETRY)) {
            say("opened");
            for (int shard : writer.pendingShards()) {
                try (ShardWriter shardWriter = writer.begin(shard)) {
                    say("begun " + shard);
                    for (StudyInput input : writer.inputs(shard)) {
                        shardWriter.append(synthetic.image(synthetic.inputs().indexOf(input)));
                        say("appended " + input.id());
                    }
                    shardWriter.commit();
                    say("committed " + shard);
                }
            }
            writer.finish(synthetic.metadata());
            say("finished");
        }
    }

    private static void say(String line) throws IOException {
        System.out.println(line);
        if (System.in.read() < 0) {
            throw new IOException("nobody listens");
        }
    }
}
