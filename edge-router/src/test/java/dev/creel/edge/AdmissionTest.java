package dev.creel.edge;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.app.TenantId;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class AdmissionTest {
    private static Admission.Permit permit(Admission.Verdict verdict) {
        return assertInstanceOf(Admission.Permit.class, verdict);
    }

    @Test
    void boundsEachTenantAlone() {
        var admission = new Admission(10, 2);
        var a = TenantId.random();
        var first = permit(admission.app(a));
        permit(admission.app(a));
        assertInstanceOf(Admission.TenantFull.class, admission.app(a));
        permit(admission.app(TenantId.random()));
        first.release();
        permit(admission.app(a));
    }

    @Test
    void boundsAllTogether() {
        var admission = new Admission(2, 2);
        var first = permit(admission.platform());
        permit(admission.app(TenantId.random()));
        assertInstanceOf(Admission.EdgeFull.class, admission.app(TenantId.random()));
        assertInstanceOf(Admission.EdgeFull.class, admission.platform());
        first.release();
        permit(admission.platform());
    }

    @Test
    void neverAdmitsMoreUnderContention() throws Exception {
        var admission = new Admission(100, 8);
        var tenant = TenantId.random();
        var inside = new AtomicInteger();
        var most = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(16)) {
            for (int t = 0; t < 16; t++) {
                threads.execute(() -> {
                    for (int i = 0; i < 20_000; i++) {
                        if (admission.app(tenant) instanceof Admission.Permit permit) {
                            most.accumulateAndGet(inside.incrementAndGet(), Math::max);
                            inside.decrementAndGet();
                            permit.release();
                        }
                    }
                });
            }
            threads.shutdown();
            assertTrue(threads.awaitTermination(30, TimeUnit.SECONDS));
        }
        assertTrue(most.get() <= 8, "inside at once: " + most);
        assertEquals(0, inside.get());
        for (int i = 0; i < 8; i++) {
            permit(admission.app(tenant));
        }
        assertInstanceOf(Admission.TenantFull.class, admission.app(tenant));
    }
}
