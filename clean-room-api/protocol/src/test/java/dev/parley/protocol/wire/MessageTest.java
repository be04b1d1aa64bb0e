package dev.parley.protocol.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.json.Fields;
import dev.parley.protocol.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

final class MessageTest {
    private static final RunView RUN = new RunView(
            "5b6e",
            "media",
            "overlap",
            "acme",
            RunState.REFUSED,
            "BOOTED",
            "THRESHOLD",
            1,
            "2026-01-01T00:00:00Z",
            null,
            null,
            "simulated");

    @Test
    void readsWhatItWrites() throws Malformed {
        assertSame(new RunPage(List.of(RUN), "cursor"), RunPage::read);
        assertSame(
                new RoomList(List.of(
                        new RoomView("media", "Media", List.of(new PolicyView(1, "ab", PolicyState.ACTIVE, 2))))),
                RoomList::read);
        assertSame(
                new RunClaim(
                        "run",
                        "lease",
                        7,
                        "2026-01-01T00:00:00Z",
                        "",
                        List.of("a"),
                        "jws",
                        List.of("m"),
                        "note\n",
                        Json.object().put("threads", 2).build()),
                RunClaim::read);
        assertSame(
                new BudgetView(List.of(new BudgetView.Lineage(
                        "customers",
                        20,
                        3,
                        1,
                        List.of(new BudgetView.Charge("00", "media", "overlap", 3, "2026-01-01T00:00:00Z", 1))))),
                BudgetView::read);
        assertSame(new ChallengeRequest("media", "jws"), ChallengeRequest::read);
    }

    @Test
    void readsEveryOutcomeThatItWrites() throws Malformed {
        var delivered = new OutcomeReport.Delivered("r", "e", List.of(new OutcomeReport.Result("acme", "s")));

        assertSame(new OutcomeReport(1, delivered, "bwrap"), OutcomeReport::read);
        assertSame(new OutcomeReport(2, new OutcomeReport.Refused("NO"), "bwrap"), OutcomeReport::read);
        assertSame(new OutcomeReport(3, new OutcomeReport.Failed("LATER"), "bwrap"), OutcomeReport::read);
    }

    @Test
    void refusesTwoOutcomesInOneReport() {
        var both = "{\"fencingToken\":1,\"isolation\":\"\",\"refused\":{\"code\":\"A\"},\"failed\":{\"code\":\"B\"}}";

        assertThatThrownBy(() -> Message.parse(Bytes.utf8(both), OutcomeReport::read))
                .isInstanceOf(Malformed.class)
                .hasMessage("unknown member: failed");
    }

    @Test
    void refusesMembersThatNobodyKnows() {
        var extra = Bytes.utf8("{\"host\":\"a\",\"role\":\"admin\"}");

        assertThatThrownBy(() -> Message.parse(extra, ClaimRequest::read))
                .isInstanceOf(Malformed.class)
                .hasMessage("unknown member: role");
    }

    @Test
    void refusesStatesThatNobodyKnows() {
        assertThatThrownBy(() -> RunState.parse("DONE")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> PolicyState.parse("active")).isInstanceOf(Malformed.class);
        assertThatThrownBy(() -> VersionState.parse("")).isInstanceOf(Malformed.class);
    }

    private static <T extends Message> void assertSame(T message, Fields.Reader<T> reader) throws Malformed {
        assertThat(Message.parse(message.json().canonical(), reader)).isEqualTo(message);
    }
}
