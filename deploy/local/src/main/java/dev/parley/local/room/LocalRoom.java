package dev.parley.local.room;

import static java.util.Objects.requireNonNull;

import dev.parley.local.console.Steps;
import dev.parley.local.process.Children;
import dev.parley.local.state.StateFolder;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A running room: everything of every trust domain, on this machine, with both parties' data sealed and uploaded. Closing
 * it stops every process; what they hold stays in the state folder, and a room that is started there goes on with it.
 */
public final class LocalRoom implements AutoCloseable {
    /** The room's id in its policy. */
    public static final String ROOM = "retail-media";

    public static final String RETAILER = "retailer";
    public static final String PUBLISHER = "publisher";
    private static final List<String> PARTIES = List.of(RETAILER, PUBLISHER);
    private static final List<String> DOMAINS = List.of(Domain.OPERATOR, RETAILER, PUBLISHER);

    private final Site site;
    private final Children children;
    private final Logins logins;
    private final Inputs inputs;
    private final OperatorSide operator;
    private final Map<String, PartySide> parties;

    private LocalRoom(
            Site site,
            Children children,
            Logins logins,
            Inputs inputs,
            OperatorSide operator,
            Map<String, PartySide> parties) {
        this.site = site;
        this.children = children;
        this.logins = logins;
        this.inputs = inputs;
        this.operator = operator;
        this.parties = Map.copyOf(parties);
    }

    /** Starts the room of that site; makes it first where there is none of so many rows and that seed. */
    public static LocalRoom start(Site site, int rows, long seed, Steps steps) throws Exception {
        var children = Children.endingWithThisJvm();
        try {
            var logins = Logins.start(site, DOMAINS, children, steps);
            var startup = new Startup(site, children, steps, logins);
            startup.buildImage();
            boolean making = startup.clear(DOMAINS, rows + " rows, seed " + seed);
            var inputs = startup.inputs(rows, seed);
            var domains = startup.domains(DOMAINS);
            var operator = startup.operator(requireNonNull(domains.get(Domain.OPERATOR)));
            var parties = startup.parties(PARTIES, domains, operator);
            var room = new LocalRoom(site, children, logins, inputs, operator, parties);
            if (making) {
                var maker = new RoomMaking(room, steps);
                maker.keysAndFiles();
                startup.serve(room.parties(), operator);
                maker.approveSealAndUpload();
                startup.finished();
            } else {
                startup.serve(room.parties(), operator);
            }
            return room;
        } catch (Exception failed) {
            children.close();
            throw failed;
        }
    }

    /** The working copy of the room's policy files. */
    public StateFolder folder() throws IOException {
        return site.state().folder("room");
    }

    public Site site() {
        return site;
    }

    public OperatorSide operator() {
        return operator;
    }

    public PartySide party(String name) {
        return requireNonNull(parties.get(name), name);
    }

    public List<PartySide> parties() {
        return PARTIES.stream().map(this::party).toList();
    }

    public Logins logins() {
        return logins;
    }

    /** The people behind the data: what no party of a real room knows. */
    public Inputs inputs() {
        return inputs;
    }

    @Override
    public void close() {
        children.close();
    }
}
