package dev.creel.control.database;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import com.zaxxer.hikari.pool.HikariPool;
import dev.creel.contract.ProblemCode;
import dev.creel.contract.ProblemException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * The platform's PostgreSQL database, brought to the newest schema as it is opened. Thread-safe; blocks. A database that is
 * away is refused as UNAVAILABLE; any other failure of SQL is ours and flies.
 */
public final class Database implements AutoCloseable {
    private final HikariDataSource pool;

    private Database(HikariDataSource pool) {
        this.pool = pool;
    }

    /** What happens in one transaction. */
    @FunctionalInterface
    public interface Work<T> {
        /** Returns what the transaction found; throwing rolls it back. */
        T run(Session session) throws SQLException;
    }

    /**
     * Connects and migrates.
     *
     * @throws ProblemException UNAVAILABLE, if the server does not answer within {@code connectionWait}, or INTERNAL, if its
     *     schema is none that this program can bring up to date
     */
    public static Database open(DatabaseConfig config) {
        var hikari = new HikariConfig();
        hikari.setPoolName("creel-control");
        hikari.setJdbcUrl(config.jdbcUrl());
        hikari.setMaximumPoolSize(config.connectionsMax());
        hikari.setConnectionTimeout(config.connectionWait().toMillis());
        hikari.setAutoCommit(false);
        hikari.setTransactionIsolation("TRANSACTION_READ_COMMITTED");
        hikari.setInitializationFailTimeout(config.connectionWait().toMillis());
        HikariDataSource pool;
        try {
            pool = new HikariDataSource(hikari);
        } catch (HikariPool.PoolInitializationException e) {
            throw new ProblemException(ProblemCode.UNAVAILABLE, "The database cannot be used: " + reason(e) + ".", e);
        }
        try {
            Flyway.configure()
                    .loggers("slf4j")
                    .dataSource(pool)
                    .locations("classpath:dev/creel/control/database")
                    .load()
                    .migrate();
            return new Database(pool);
        } catch (FlywayException e) {
            pool.close();
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The database's schema cannot be brought up to date: " + reason(e) + ".", e);
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    /** Runs {@code work} in a transaction that sees each commit of others as it comes. */
    public <T> T transaction(Work<T> work) {
        return run(work);
    }

    /** Runs {@code work}, which only reads, on one consistent picture. */
    public <T> T snapshot(Work<T> work) {
        // Said in the transaction: as the connection's own it would cost a round trip more, and one to take it back.
        return run(session -> {
            session.change("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ");
            return work.run(session);
        });
    }

    @Override
    public void close() {
        pool.close();
    }

    private <T> T run(Work<T> work) {
        try (var connection = pool.getConnection()) {
            try {
                T found = work.run(new Session(connection));
                connection.commit();
                return found;
            } catch (SQLException | RuntimeException e) {
                rollback(connection, e);
                throw e;
            }
        } catch (SQLException e) {
            throw isAway(e)
                    ? new ProblemException(
                            ProblemCode.UNAVAILABLE,
                            "The platform's database does not answer; try again in a moment.",
                            e)
                    : new IllegalStateException("the database refused a statement: " + e.getMessage(), e);
        }
    }

    /** The first line of the innermost cause: what the server or the network said. */
    private static String reason(Throwable failure) {
        var innermost = failure;
        for (var cause = failure.getCause(); cause != null; cause = cause.getCause()) {
            innermost = cause;
        }
        return String.valueOf(innermost.getMessage()).lines().findFirst().orElse("no reason given");
    }

    private static void rollback(Connection connection, Exception cause) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            cause.addSuppressed(e);
        }
    }

    private static boolean isAway(SQLException e) {
        var state = e.getSQLState() == null ? "" : e.getSQLState();
        return e instanceof SQLTransientConnectionException
                || state.startsWith("08")
                || state.startsWith("53")
                || state.startsWith("57");
    }
}
