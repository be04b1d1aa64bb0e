package dev.parley.local.room;

import dev.parley.local.console.Steps;
import dev.parley.local.process.Children;
import dev.parley.local.state.Checkout;
import dev.parley.local.state.StateFolder;
import java.nio.file.Path;
import java.util.List;

public final class Try {
    public static void main(String[] args) throws Exception {
        var site = Site.of(Checkout.find(), StateFolder.open(Path.of(args[0])));
        var steps = new Steps(System.out, false);
        try (var children = Children.endingWithThisJvm()) {
            long t = System.nanoTime();
            var names = List.of("operator", "retailer", "publisher");
            var logins = Logins.start(site, names, children, steps);
            var start = new Startup(site, children, steps, logins);
            start.buildImage();
            var domains = start.domains(names);
            var op = start.operator(java.util.Objects.requireNonNull(domains.get("operator")));
            logins.keycloak();
            steps.say("all " + (System.nanoTime() - t) / 1e9);
            op.nitro().announcement().forEach(steps::say);
            op.host().start();
            Thread.sleep(3000);
        }
    }
}
