package dev.creel.control;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import dev.creel.control.account.Accounts;
import dev.creel.control.database.Database;
import dev.creel.control.database.DatabaseConfig;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

class DatabaseTest {
    private static final Duration WAIT = Duration.ofMillis(500);

    @Test
    void refusesWhileTheDatabaseIsAway() throws Exception {
        var server = Postgres.start();
        var config = new DatabaseConfig(server.getJdbcUrl("postgres", "postgres"), 2, WAIT);
        try (var database = Database.open(config)) {
            var accounts = new Accounts(database, InstantSource.system());
            var token = accounts.ensureOwner().orElseThrow();
            server.close();

            var refused = assertThrows(ProblemException.class, () -> accounts.tenant(token));
            assertEquals(ProblemCode.UNAVAILABLE, refused.problem().code());
            assertTrue(
                    refused.problem().detail().contains("try again"),
                    refused.problem().detail());
        }
    }

    @Test
    void refusesToOpenADatabaseThatIsNotThereInOneLine() {
        var nowhere = new DatabaseConfig("jdbc:postgresql://127.0.0.1:1/nothing", 2, WAIT);
        var refused = assertThrows(ProblemException.class, () -> Database.open(nowhere));
        assertEquals(ProblemCode.UNAVAILABLE, refused.problem().code());
        assertEquals(
                1, refused.problem().detail().lines().count(), refused.problem().detail());
    }

    @Test
    void refusesAddressesOfOtherDatabases() {
        assertThrows(IllegalArgumentException.class, () -> DatabaseConfig.at("jdbc:h2:mem:x"));
    }

    @Test
    void undoesATransactionThatFails() {
        try (var database = Database.open(Postgres.fresh())) {
            assertThrows(
                    IllegalStateException.class,
                    () -> database.transaction(session -> {
                        session.change(
                                "INSERT INTO tenants (id, name, created) VALUES (gen_random_uuid(), 'x', now())");
                        throw new IllegalStateException("no");
                    }));
            assertEquals(0, (int) database.transaction(session -> session.count("SELECT count(*) FROM tenants")));
        }
    }
}
