package org.patchlens.model.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DevicesTest {
    /// What ONNX Runtime 1.29.0 for CUDA says on a machine without CUDA.
    @Test
    void aMissingLibraryIsNamedWithoutPlacesInTheSourceOfOnnxRuntime() {
        assertThat(Devices.reason("Error code - ORT_FAIL - message: /onnxruntime_src/onnxruntime/core/session/"
                        + "provider_bridge_ort.cc:1988 onnxruntime::Provider& onnxruntime::ProviderLibrary::Get()"
                        + " [ONNXRuntimeError] : 1 : FAIL : Failed to load library"
                        + " /tmp/onnxruntime-java9771236314240611949/libonnxruntime_providers_cuda.so with error:"
                        + " libcublasLt.so.12: cannot open shared object file: No such file or directory"))
                .isEqualTo("libcublasLt.so.12: cannot open shared object file: No such file or directory");
    }

    @Test
    void anotherReasonStaysAsItIs() {
        assertThat(Devices.reason("CUDA driver version is insufficient"))
                .isEqualTo("CUDA driver version is insufficient");
    }
}
