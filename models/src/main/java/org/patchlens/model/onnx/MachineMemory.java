package org.patchlens.model.onnx;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;

/// The memory that models may take.
public final class MachineMemory {
    private MachineMemory() {}

    /// All memory of the machine, or of the container that it is divided into, in bytes.
    public static long bytes() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getTotalMemorySize();
    }
}
