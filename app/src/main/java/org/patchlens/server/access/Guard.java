package org.patchlens.server.access;

import io.javalin.http.Context;
import io.javalin.http.Cookie;
import io.javalin.http.SameSite;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may ask: this machine's own pages and programs that hold the token, and nobody else.
///
/// A page of another site can make a browser send requests here, also under a host name that its owner points at
/// this machine (DNS rebinding). So the `Host` must be one of ours, an `Origin` must be the same as the host,
/// and the cookie is never sent along from elsewhere. What changes something needs a body of JSON, which no form
/// of another page can send.
public final class Guard {
    private static final Set<String> OWN_NAMES = Set.of("127.0.0.1", "localhost", "[::1]");
    private static final List<String> OWN_SITES = List.of("same-origin", "none");
    private static final String BEARER = "Bearer ";

    private final Token token;
    private final Token session = Token.random();

    /// Lets in whoever has this token.
    public Guard(Token token) {
        this.token = token;
    }

    /// Refuses what does not come from this machine's own pages or programs.
    ///
    /// @throws Refused if the host or origin is foreign
    public void checkOrigin(Context context) {
        String host = context.header("Host");
        if (!isOwn(host, context.req().getLocalPort())) {
            throw new Refused(421, "[host] The server answers on this machine only, as localhost.");
        }
        String origin = context.header("Origin");
        if (origin != null && !origin.equals("http://" + host)) {
            throw new Refused(403, "[origin] Pages of other sites may not ask here.");
        }
        String site = context.header("Sec-Fetch-Site");
        boolean navigation = "navigate".equals(context.header("Sec-Fetch-Mode")) && isRead(context);
        if (site != null && !OWN_SITES.contains(site) && !navigation) {
            throw new Refused(403, "[origin] Pages of other sites may not ask here.");
        }
    }

    private static boolean isRead(Context context) {
        String method = context.method().name();
        return method.equals("GET") || method.equals("HEAD");
    }

    private static boolean isOwn(@Nullable String host, int port) {
        String end = ":" + port;
        return host != null
                && host.endsWith(end)
                && OWN_NAMES.contains(host.substring(0, host.length() - end.length()));
    }

    /// Refuses a body that is not JSON.
    ///
    /// @throws Refused if it says to be something else
    public void checkBody(Context context) {
        String type = context.contentType();
        if (!isRead(context) && context.method().name().equals("POST") && (type == null || !isJson(type))) {
            throw new Refused(415, "[body] The content type application/json is expected.");
        }
    }

    private static boolean isJson(String type) {
        return type.split(";", 2)[0].strip().equalsIgnoreCase("application/json");
    }

    /// Refuses who may not ask.
    ///
    /// @throws Refused if the caller has neither token nor cookie
    public void checkToken(Context context) {
        if (!mayAsk(context)) {
            throw new Refused(
                    401, "[token] Open the address that patchlens serve printed; it holds the token of this run.");
        }
    }

    /// Whether the caller has the token or the cookie.
    public boolean mayAsk(Context context) {
        String authorization = context.header("Authorization");
        if (authorization != null && authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            return token.is(authorization.substring(BEARER.length()));
        }
        return session.is(context.cookie(cookie(context)));
    }

    /// Gives the cookie to whoever comes with the token in the address.
    ///
    /// @return whether the address held a token
    public boolean welcome(Context context) {
        String given = context.queryParam("token");
        if (given == null) {
            return false;
        }
        if (token.is(given)) {
            Cookie cookie = new Cookie(cookie(context), session.text());
            cookie.setPath("/");
            cookie.setHttpOnly(true);
            cookie.setSameSite(SameSite.STRICT);
            context.cookie(cookie);
        }
        return true;
    }

    /// Cookies do not know ports; two servers on one machine have cookies of different names.
    private static String cookie(Context context) {
        return "patchlens-" + context.req().getLocalPort();
    }
}
