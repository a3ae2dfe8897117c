package dev.creel.control.numbers;

import java.time.Duration;

/**
 * How the numbers of nodes are collected.
 *
 * @param appsInMetrics applications that have series of their own, those with the most requests; the others count in the totals only
 * @param answerWithin a node that has not answered after so long is left out
 */
public record NumbersConfig(int appsInMetrics, Duration answerWithin) {
    /** 100 applications, 2 s. */
    public static final NumbersConfig DEFAULTS = new NumbersConfig(100, Duration.ofSeconds(2));

    public NumbersConfig {
        if (appsInMetrics < 0) {
            throw new IllegalArgumentException("apps-in-metrics must not be negative: " + appsInMetrics);
        }
        if (answerWithin.isNegative() || answerWithin.isZero()) {
            throw new IllegalArgumentException("a node needs some time to answer, not " + answerWithin);
        }
    }
}
