package org.patchlens.model.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The environment means what it means to Python's library.
class HubSettingsTest {
    @TempDir
    private Path home;

    private HubSettings of(String... namesAndValues) {
        Map<String, String> environment = new java.util.TreeMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            environment.put(namesAndValues[i], namesAndValues[i + 1]);
        }
        return HubSettings.of(environment, home);
    }

    @Test
    void withoutVariablesTheCacheIsPythons() {
        assertThat(of().cache()).isEqualTo(home.resolve(".cache/huggingface/hub"));
        assertThat(of().endpoint()).isEqualTo("https://huggingface.co");
        assertThat(of().token()).isEmpty();
        assertThat(of().offline()).isFalse();
    }

    @Test
    void theMoreSpecificVariableWins() {
        assertThat(of("XDG_CACHE_HOME", "/x").cache()).isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(of("XDG_CACHE_HOME", "/x", "HF_HOME", "/h").cache()).isEqualTo(Path.of("/h/hub"));
        assertThat(of("HF_HOME", "/h", "HF_HUB_CACHE", "/c").cache()).isEqualTo(Path.of("/c"));
    }

    @Test
    void aTokenComesFromTheEnvironmentOrALogin() throws IOException {
        Files.createDirectories(home.resolve(".cache/huggingface"));
        Files.writeString(home.resolve(".cache/huggingface/token"), "hf_login\n");
        assertThat(of().token()).contains("hf_login");
        assertThat(of("HF_TOKEN", "hf_own").token()).contains("hf_own");
    }

    @Test
    void aTokenThatCouldForgeAHeaderIsRefused() {
        assertThatThrownBy(() -> of("HF_TOKEN", "a\r\nHost: b")).hasMessageContaining("[HF_TOKEN] this is no token");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "ON", "yes", "TRUE"})
    void offlineIsSaidInSeveralWays(String text) {
        assertThat(of("HF_HUB_OFFLINE", text).offline()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://hub", "hub", "http://", "file:///etc"})
    void anEndpointIsAnAddressOfTheWeb(String text) {
        assertThatThrownBy(() -> of("HF_ENDPOINT", text)).hasMessageContaining("http:// or https:// is expected");
    }

    @Test
    void aSlashAtTheEndOfTheEndpointIsDropped() {
        assertThat(of("HF_ENDPOINT", "http://mirror:8080/").endpoint()).isEqualTo("http://mirror:8080");
    }

    @Test
    void theProxyOfTheSchemeIsUsedUnlessTheHostIsExempt() {
        assertThat(of("HTTPS_PROXY", "http://proxy:3128").proxy()).contains(URI.create("http://proxy:3128"));
        assertThat(of("https_proxy", "proxy:3128").proxy()).contains(URI.create("http://proxy:3128"));
        assertThat(of("HTTP_PROXY", "http://proxy:3128").proxy()).isEmpty();
        assertThat(of("HTTPS_PROXY", "http://proxy:3128", "NO_PROXY", "a.b,.huggingface.co")
                        .proxy())
                .isEmpty();
    }
}
