package dev.creel.engine.spin;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PostgresAddressTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "postgres://postgres@127.0.0.1:15432/postgres?sslmode=disable | postgres://127.0.0.1:15432",
                "postgresql://u:p@db/x | postgres://db:5432",
                "postgres://db | postgres://db:5432",
                "postgres://u@[::1]:99/x | postgres://[::1]:99",
                "host=localhost user=u password='p w' dbname=d | postgres://localhost:5432",
                "host = 'db' port = 99 | postgres://db:99",
                "hostaddr=::1 | postgres://[::1]:5432"
            })
    void findsTheServer(String address, String server) throws Exception {
        assertEquals(List.of(server), PostgresAddress.servers(address));
    }

    @Test
    void findsEveryServerThatAClientMightPick() throws Exception {
        assertEquals(List.of("postgres://a:1", "postgres://b:5432"), PostgresAddress.servers("postgres://u@a:1,b/x"));
        assertEquals(List.of("postgres://a:1", "postgres://b:2"), PostgresAddress.servers("host=a,b port=1,2"));
        assertEquals(
                List.of("postgres://a:5432", "postgres://evil:5432"),
                PostgresAddress.servers("postgres://a/x?host=evil"));
        assertEquals(
                List.of("postgres://a:5432", "postgres://10.0.0.1:5432"),
                PostgresAddress.servers("host=a hostaddr=10.0.0.1"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "user=u", "host=/var/run/postgresql", "postgres://%2Fvar%2Frun/x", "host='a", "nonsense"})
    void refusesAddressesWithoutAReachableServer(String address) {
        assertThrows(PostgresAddress.InvalidAddressException.class, () -> PostgresAddress.servers(address));
    }
}
