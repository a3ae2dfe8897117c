package dev.creel.control.database;

import java.time.Duration;

/**
 * Where PostgreSQL is.
 *
 * @param jdbcUrl {@code jdbc:postgresql://host:port/name?user=…&password=…}
 * @param connectionsMax connections at once
 * @param connectionWait how long a request waits for a free connection before it is refused
 */
public record DatabaseConfig(String jdbcUrl, int connectionsMax, Duration connectionWait) {
    public DatabaseConfig {
        if (!jdbcUrl.startsWith("jdbc:postgresql:")) {
            throw new IllegalArgumentException("the database's address must begin with jdbc:postgresql:");
        }
        if (connectionsMax < 2) {
            throw new IllegalArgumentException("control needs at least 2 connections, not " + connectionsMax);
        }
    }

    /** Ten connections, five seconds. */
    public static DatabaseConfig at(String jdbcUrl) {
        return new DatabaseConfig(jdbcUrl, 10, Duration.ofSeconds(5));
    }

    /** Without the address, which may hold a password. */
    @Override
    public String toString() {
        return "a PostgreSQL database with " + connectionsMax + " connections";
    }
}
