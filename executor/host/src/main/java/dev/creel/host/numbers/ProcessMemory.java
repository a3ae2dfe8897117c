package dev.creel.host.numbers;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.util.function.LongSupplier;

/** What the process of a node takes. Executors of one process show the same. */
final class ProcessMemory {
    private ProcessMemory() {}

    static void addTo(Numbers numbers) {
        var memory = ManagementFactory.getMemoryMXBean();
        var threads = ManagementFactory.getThreadMXBean();
        var classes = ManagementFactory.getClassLoadingMXBean();
        numbers.gauge(
                        "process_heap_bytes",
                        "Heap in use, in the whole process.",
                        () -> memory.getHeapMemoryUsage().getUsed())
                .gauge(
                        "process_heap_max_bytes",
                        "Most heap that the process may take.",
                        () -> memory.getHeapMemoryUsage().getMax())
                .gauge(
                        "process_metaspace_bytes",
                        "Metaspace in use: what classes take beside the heap.",
                        pool("Metaspace"))
                .gauge("process_threads", "Platform threads of the process.", threads::getThreadCount)
                .gauge("process_classes", "Classes that are loaded.", classes::getLoadedClassCount);
    }

    private static LongSupplier pool(String name) {
        var pools = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().equals(name))
                .toList();
        return () -> pools.stream()
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }
}
