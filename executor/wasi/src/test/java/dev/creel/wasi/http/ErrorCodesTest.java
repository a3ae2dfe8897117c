package dev.creel.wasi.http;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.creel.component.type.ValType;
import dev.creel.component.type.ValType.Variant;
import dev.creel.wasi.wit.WasiWit;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ErrorCodesTest {
    private final ValType.Variant declared =
            (ValType.Variant) WasiWit.of("http/types").types().get("error-code");

    @Test
    void everyDeclaredCaseGoesToTheGuestAndBack() {
        for (int i = 0; i < declared.cases().size(); i++) {
            var name = declared.cases().get(i).name();
            for (var message : new String[] {"", "17"}) {
                var value = ErrorCodes.toGuest(new HttpErrorCode(name, message));
                assertEquals(i, value.index(), name);
                assertEquals(declared.cases().get(i).type().isPresent(), value.payload() != null, name);
                var kept = value.payload() == null ? "" : message;
                assertEquals(new HttpErrorCode(name, kept), ErrorCodes.fromGuest(value), name);
            }
        }
    }

    @Test
    void anUnknownCodeIsAnInternalError() {
        assertEquals(
                new Variant.Value(38, Optional.of("no-such-case why")),
                ErrorCodes.toGuest(new HttpErrorCode("no-such-case", "why")));
    }

    @Test
    void aFailedLookupCarriesSpinsPayload() {
        var value = ErrorCodes.toGuest(new HttpErrorCode("DNS-error", "address not available"));
        assertArrayEquals(
                new Object[] {Optional.of("address not available"), Optional.of(0)}, (Object[]) value.payload());
    }
}
