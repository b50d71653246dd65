package org.patchlens.model.safetensors;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.patchlens.PatchlensException;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Reads a JSON file of a model that nobody vouches for: bounded length and depth, no key twice, nothing after its
/// end.
public final class StrictJson {
    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(64)
                            .maxNumberLength(100)
                            .build())
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private StrictJson() {}

    /// Reads one object.
    ///
    /// @param longest how many bytes the file may have
    /// @throws PatchlensException if the file is missing, too long or not a JSON object
    public static JsonNode read(Path path, long longest) {
        try (InputStream file = Files.newInputStream(path)) {
            byte[] bytes = file.readNBytes((int) longest + 1);
            if (bytes.length > longest) {
                throw PatchlensException.badData(
                        path.toString(), "the file is larger than " + longest + " bytes, which no such file is", "");
            }
            JsonNode json = MAPPER.readTree(bytes);
            if (!json.isObject()) {
                throw PatchlensException.badData(path.toString(), "this is no JSON object", "");
            }
            return json;
        } catch (NoSuchFileException e) {
            throw PatchlensException.badData(path.toString(), "there is no such file", "")
                    .causedBy(e);
        } catch (IOException e) {
            throw PatchlensException.badData(path.toString(), "the file cannot be read: " + e.getMessage(), "")
                    .causedBy(e);
        } catch (JacksonException e) {
            throw PatchlensException.badData(
                            path.toString(), "this is not valid JSON (" + e.getOriginalMessage() + ")", "")
                    .causedBy(e);
        }
    }
}
