package org.patchlens.model.hub;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.patchlens.PatchlensException;

/// Where the hub and the cache are, as the environment says it; the variables are those of `huggingface_hub`.
///
/// @param endpoint of the hub, without a slash at its end: `HF_ENDPOINT`
/// @param cache folder of downloaded models: `HF_HUB_CACHE`, or `hub` in `HF_HOME`
/// @param token that is shown to the hub: `HF_TOKEN`, or the file that a login of Python's left in `HF_HOME`
/// @param offline whether the network must not be used: `HF_HUB_OFFLINE`
/// @param patience how long a server may be silent: `HF_HUB_DOWNLOAD_TIMEOUT`, in seconds
/// @param proxy of the network, if one is needed
public record HubSettings(
        String endpoint, Path cache, Optional<String> token, boolean offline, Duration patience, Optional<URI> proxy) {
    private static final String PUBLIC_HUB = "https://huggingface.co";
    private static final Set<String> YES = Set.of("1", "on", "yes", "true");
    private static final int LONGEST_TOKEN = 1000;
    private static final int LONGEST_PATIENCE = 3600;

    /// Reads an environment.
    ///
    /// @param environment variables of the process
    /// @param home folder of the user
    /// @throws PatchlensException if a variable has no meaning
    public static HubSettings of(Map<String, String> environment, Path home) {
        Path hubHome = find(environment, "HF_HOME")
                .map(Path::of)
                .orElseGet(() -> find(environment, "XDG_CACHE_HOME")
                        .map(Path::of)
                        .orElseGet(() -> home.resolve(".cache"))
                        .resolve("huggingface"));
        Path cache = find(environment, "HF_HUB_CACHE").map(Path::of).orElseGet(() -> hubHome.resolve("hub"));
        Path tokenFile = find(environment, "HF_TOKEN_PATH").map(Path::of).orElseGet(() -> hubHome.resolve("token"));
        String endpoint = find(environment, "HF_ENDPOINT").orElse(PUBLIC_HUB).replaceAll("/+$", "");
        return new HubSettings(
                http("HF_ENDPOINT", endpoint).toString(),
                cache,
                find(environment, "HF_TOKEN").or(() -> stored(tokenFile)).map(HubSettings::checked),
                find(environment, "HF_HUB_OFFLINE").map(HubSettings::isYes).orElse(false),
                find(environment, "HF_HUB_DOWNLOAD_TIMEOUT")
                        .map(HubSettings::seconds)
                        .orElse(Duration.ofSeconds(30)),
                proxy(environment, endpoint));
    }

    private static Optional<String> find(Map<String, String> environment, String name) {
        return Optional.ofNullable(environment.get(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static boolean isYes(String text) {
        return YES.contains(text.toLowerCase(Locale.ROOT));
    }

    private static Duration seconds(String text) {
        if (!text.matches("[0-9]{1,4}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > LONGEST_PATIENCE) {
            throw PatchlensException.usage(
                    "HF_HUB_DOWNLOAD_TIMEOUT " + text, "1 to " + LONGEST_PATIENCE + " seconds are expected", "");
        }
        return Duration.ofSeconds(Integer.parseInt(text));
    }

    private static URI http(String variable, String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw noAddress(variable, text).causedBy(e);
        }
        throw noAddress(variable, text);
    }

    private static PatchlensException noAddress(String variable, String text) {
        return PatchlensException.usage(variable + " " + text, "an address with http:// or https:// is expected", "");
    }

    /// The environment's proxy for the endpoint, unless `NO_PROXY` names its host. Java itself ignores these.
    private static Optional<URI> proxy(Map<String, String> environment, String endpoint) {
        URI hub = http("HF_ENDPOINT", endpoint);
        String variable = hub.getScheme() + "_proxy";
        String without = find(environment, "no_proxy")
                .or(() -> find(environment, "NO_PROXY"))
                .orElse("");
        for (String host : without.split(",", -1)) {
            String suffix = host.strip().replaceFirst("^\\*?\\.", "");
            if (host.strip().equals("*")
                    || (!suffix.isEmpty()
                            && (hub.getHost().equals(suffix) || hub.getHost().endsWith("." + suffix)))) {
                return Optional.empty();
            }
        }
        return find(environment, variable)
                .or(() -> find(environment, variable.toUpperCase(Locale.ROOT)))
                .map(text -> http(variable, text.contains("://") ? text : "http://" + text));
    }

    private static Optional<String> stored(Path file) {
        try (InputStream bytes = Files.newInputStream(file)) {
            String text = new String(bytes.readNBytes(LONGEST_TOKEN), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty(); // nobody has logged in
        }
    }

    private static String checked(String token) {
        if (token.length() > LONGEST_TOKEN || !token.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw PatchlensException.usage("HF_TOKEN", "this is no token: it has blanks or odd characters", "");
        }
        return token;
    }
}
