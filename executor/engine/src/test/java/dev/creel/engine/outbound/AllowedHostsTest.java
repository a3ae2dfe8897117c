package dev.creel.engine.outbound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.creel.engine.outbound.OutboundRules.Verdict;
import dev.creel.engine.variables.ApplicationVariables;
import dev.creel.engine.variables.Apps;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllowedHostsTest {
    @ParameterizedTest
    @CsvSource({
        "https://example.com,https://example.com/x?y,https",
        "https://example.com/,example.com,https",
        "https://EXAMPLE.com,https://example.COM:443,https",
        "http://example.com,http://example.com:80/,https",
        "http://example.com:8080,http://user:pw@example.com:8080/a@b,https",
        "*://example.com:*,gopher://example.com:70,https",
        "*://example.com:*,unknown://example.com,https",
        "*://*:*,anything://anywhere:1,https",
        "http://*,http://anywhere,https",
        "http://*:*,http://[::1]:99,https",
        "https://*.example.com,https://a.example.com,https",
        "https://*.example.com,https://a.b.example.com,https",
        "https://bücher.example,https://xn--bcher-kva.example,https",
        "https://xn--bcher-kva.example,https://BÜCHER.example/,https",
        "http://example.com:8000..9000,http://example.com:8000,https",
        "http://example.com:8000..9000,http://example.com:8999,https",
        "http://127.0.0.1:18999,http://127.0.0.1:18999/hello,https",
        "http://[::1]:8080,http://[0:0:0:0:0:0:0:1]:8080,https",
        "http://[::1],http://[::1],https",
        "tcp://10.0.0.0/8:*,10.255.1.2:7,tcp",
        "tcp://10.1.2.3/8:7,10.255.1.2:7,tcp",
        "*://172.16.0.0/12:80,http://172.31.255.255,https",
        "https://fd00::/8,https://[fd12::1],https",
        "https://fd00::/8:99,https://[fd12::1]:99,https",
        "redis://127.0.0.1:16379,127.0.0.1:16379,redis",
        "redis://localhost,redis://localhost,redis",
        "redis://localhost,localhost,redis",
        "postgres://db,postgres://user:p/a#s?s@db/name,postgres",
        "mysql://db:3306,mysql://db,mysql",
        "mqtt://broker,mqtt://broker?client_id=x,mqtt",
        "http://inner.spin.internal,http://inner.spin.internal/whoami,https"
    })
    void allows(String entry, String url, String defaultScheme) throws Exception {
        assertInstanceOf(Verdict.Allowed.class, rules(entry).check(url, defaultScheme));
    }

    @ParameterizedTest
    @CsvSource({
        "https://example.com,http://example.com,https",
        "https://example.com,https://example.com:444,https",
        "https://example.com,https://a.example.com,https",
        "https://example.com,https://example.com.evil.org,https",
        "https://example.com,https://evil.org/@example.com,https",
        "https://example.com,https://evil.org\\@example.com,https",
        "https://example.com,https://example.com@evil.org,https",
        "https://*.example.com,https://example.com,https",
        "https://*.example.com,https://badexample.com,https",
        "*://example.com:80,unknown://example.com,https",
        "http://example.com:8000..9000,http://example.com:7999,https",
        "http://example.com:8000..9000,http://example.com:9000,https",
        "tcp://10.0.0.0/8:*,11.0.0.1:7,tcp",
        "tcp://10.0.0.0/8:*,ten.example.com:7,tcp",
        "tcp://10.0.0.0/8:*,[fd00::1]:7,tcp",
        "*://172.16.0.0/12:80,http://172.32.0.0,https",
        "*://*.0.0.1.example:80,http://127.0.0.1,https",
        "http://self,http://self/x,https",
        "http://self.alt,http://self.alt,https",
        "redis://127.0.0.1,nonsense,redis",
        "*://*:*,http://,https",
        "*://*:*,http://a b,https",
        "*://*:*,http://a:99999,https",
        "*://*:*,mailto:me,https"
    })
    void denies(String entry, String url, String defaultScheme) throws Exception {
        assertInstanceOf(Verdict.Denied.class, rules(entry).check(url, defaultScheme));
    }

    @ParameterizedTest
    @CsvSource({
        "http://self,true",
        "https://self,true",
        "http://self.alt,true",
        "http://self:99,true",
        "*://*:*,true",
        "https://*,true",
        "redis://*,false",
        "http://example.com,false",
        "http://127.0.0.0/8,false"
    })
    void judgesRequestsToItself(String entry, boolean allowed) throws Exception {
        assertEquals(allowed, rules(entry).checkSelf().allowed());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "example.com",
                "insecure:allow-all",
                "://example.com",
                "ht-tp://example.com",
                "{http,https}://example.com",
                "http://{a,b}.com",
                "http://example.com:{80,81}",
                "http://example.com/path",
                "http://example.com//",
                "*://example.com",
                "ftp://example.com",
                "http://ex*mple.com",
                "http://*example.com",
                "http://*.*.com",
                "http://a.*.com",
                "http://*.10.0.0.1",
                "http://10.0.0.0/33",
                "http://",
                "http://exa mple.com",
                "http://example.com:",
                "http://example.com:x",
                "http://example.com:65536",
                "http://example.com:9000..8000",
                "http://example.com:8000..8000",
                "http://example.com:8000..",
                "{{ unknown }}",
                "http://{{ name",
                "http://{{ name }}/path"
            })
    void refusesEntriesThatMeanNothing(String entry) {
        var refused = assertThrows(InvalidAllowedHostException.class, () -> rules(entry));
        assertTrue(String.valueOf(refused.getMessage()).contains(entry), refused.getMessage());
    }

    @Test
    void expandsTemplatesAnewInEachInstanceAndSkipsEmptyOnes() throws Exception {
        var component = Apps.component("c", Map.of(), "https://{{ host }}", "{{ url }}");
        var app = Apps.app(List.of(component), "host=", "url");
        var hosts = AllowedHosts.of(app, component);
        var set = new AtomicReference<>(Map.of("url", ""));
        var variables = ApplicationVariables.of(app.variables(), set::get);
        var first = hosts.over(variables);
        assertInstanceOf(Verdict.Denied.class, first.check("https://example.com", "https"));
        set.set(Map.of("url", "http://10.0.0.1:5", "host", "*.example.com"));
        var second = hosts.over(variables);
        assertInstanceOf(Verdict.Allowed.class, second.check("https://a.example.com", "https"));
        assertInstanceOf(Verdict.Allowed.class, second.check("http://10.0.0.1:5", "https"));
        assertInstanceOf(Verdict.Denied.class, first.check("https://a.example.com", "https"));
    }

    @Test
    void anEntryThatTurnsOutBrokenAllowsNothing() throws Exception {
        var component = Apps.component("c", Map.of(), "https://example.com", "{{ url }}");
        var app = Apps.app(List.of(component), "url");
        var hosts = AllowedHosts.of(app, component);
        var unset = hosts.over(ApplicationVariables.defaults(app.variables()));
        assertInstanceOf(Verdict.Broken.class, unset.check("https://example.com", "https"));
        var wrong = hosts.over(ApplicationVariables.of(app.variables(), () -> Map.of("url", "no entry")));
        assertInstanceOf(Verdict.Broken.class, wrong.check("https://example.com", "https"));
        assertInstanceOf(Verdict.Broken.class, wrong.checkSelf());
    }

    @Test
    void allComponentsOfTheApplicationMayBeNamedAtOnce() throws Exception {
        var component = Apps.component("front", Map.of(), "http://*.spin.internal");
        var app = Apps.app(List.of(component, Apps.component("back", Map.of())));
        var rules = AllowedHosts.of(app, component).over(ApplicationVariables.defaults(app.variables()));
        assertInstanceOf(Verdict.Allowed.class, rules.check("http://back.spin.internal", "https"));
        assertInstanceOf(Verdict.Denied.class, rules.check("http://other.spin.internal", "https"));
    }

    @ParameterizedTest
    @CsvSource({
        "back.spin.internal,back",
        "BACK.spin.internal:80,back",
        "a.b.spin.internal,",
        ".spin.internal,",
        "spin.internal,",
        "back.spin.internal.example.com,"
    })
    void findsTheComponentThatAHostNames(String authority, String component) {
        assertEquals(component, ServiceChaining.component(authority).orElse(null));
    }

    private static OutboundRules rules(String entry) throws InvalidAllowedHostException {
        var component = Apps.component("c", Map.of(), entry);
        var app = Apps.app(List.of(component), "name=example.com");
        return AllowedHosts.of(app, component).over(ApplicationVariables.defaults(app.variables()));
    }
}
