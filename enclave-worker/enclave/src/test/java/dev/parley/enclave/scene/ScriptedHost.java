package dev.parley.enclave.scene;

import dev.parley.protocol.cbor.Cbor;
import dev.parley.protocol.cbor.CborFields;
import dev.parley.protocol.crypto.Jws;
import dev.parley.protocol.encoding.Bytes;
import dev.parley.protocol.encoding.Malformed;
import dev.parley.protocol.room.PartyId;
import dev.parley.protocol.wire.Frames;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A host at its end of the door: honest, unless its script says otherwise. Remembers all that the enclave let out. */
public final class ScriptedHost implements AutoCloseable {
    private static final Frames FRAMES = new Frames(8 << 20);

    private final Scene scene;
    private final Script script;
    private final ServerSocketChannel listener;
    private final Thread thread;
    private final ByteArrayOutputStream left = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();
    private final List<Long> times = new ArrayList<>();
    private final Map<String, byte[]> store = new HashMap<>();
    private final Map<String, Jws> said = new HashMap<>();
    private volatile Optional<Ending> ending = Optional.empty();
    private volatile boolean over;

    /** Whom it carries questions to, and what it hands in; scripts change these as well. */
    public final Map<PartyId, TestBroker> brokers;

    public Handed handed;

    private ScriptedHost(Scene scene, Map<PartyId, TestBroker> brokers, Script script, ServerSocketChannel listener) {
        this.scene = scene;
        this.brokers = brokers;
        this.script = script;
        this.listener = listener;
        this.handed = Handed.honestly(scene);
        scene.data().forEach(data -> store.put(data.manifest().dataset().value(), data.ciphertext()));
        this.thread = Thread.ofVirtual().unstarted(this::serve);
    }

    /** How a run ended, as far as the host was told. */
    public sealed interface Ending {
        record Delivered(Bytes receipt, Bytes evidence, Map<PartyId, Bytes> results) implements Ending {}

        record Ended(String outcome, String code) implements Ending {}
    }

    /** What a hostile host does with a question. */
    @FunctionalInterface
    public interface Script {
        void answer(Asked asked, ScriptedHost host) throws Exception;
    }

    /** A question of the enclave. Its fields are read anew with every call of {@link #fields}. */
    public record Asked(long id, String call, Cbor.Dict question, OutputStream out, SocketChannel door) {
        public CborFields fields() {
            return question.fields();
        }

        public void send(Cbor.Builder answer) throws IOException {
            raw(answer.put("id", id).build().encode());
        }

        public void raw(Bytes frame) throws IOException {
            FRAMES.write(out, frame);
        }
    }

    public static ScriptedHost listen(Path socket, Scene scene, Map<PartyId, TestBroker> brokers, Script script)
            throws IOException {
        var listener = ServerSocketChannel.open(StandardProtocolFamily.UNIX);
        listener.bind(UnixDomainSocketAddress.of(socket));
        return new ScriptedHost(scene, brokers, script, listener);
    }

    public void start() {
        thread.start();
    }

    /** In place of a dataset's ciphertext. */
    public void store(String dataset, byte[] ciphertext) {
        store.put(dataset, ciphertext);
    }

    public Optional<Ending> ending() {
        return ending;
    }

    /** Every call, in order. */
    public List<String> calls() {
        return List.copyOf(calls);
    }

    /** When each of {@link #calls} came, by {@link System#nanoTime}. */
    public List<Long> times() {
        return List.copyOf(times);
    }

    /** Every byte that came through the door. */
    public byte[] left() {
        return left.toByteArray();
    }

    /** Waits until the enclave has closed its door. */
    public void awaitEnd() throws InterruptedException {
        thread.join();
        if (!over) {
            throw new AssertionError("the host of this test failed");
        }
    }

    private void serve() {
        try (var door = listener.accept();
                var in = new DataInputStream(Channels.newInputStream(door))) {
            var out = Channels.newOutputStream(door);
            for (var frame = FRAMES.read(in); frame.isPresent(); frame = FRAMES.read(in)) {
                times.add(System.nanoTime());
                left.write(frame.get().toArray());
                var question = Cbor.parse(frame.get(), 4).asDict();
                var fields = question.fields();
                var call = fields.text("call");
                calls.add(call);
                script.answer(new Asked(fields.integer("id", 0, Long.MAX_VALUE), call, question, out, door), this);
            }
            over = true;
        } catch (IOException e) {
            // The enclave went while something was written to it.
            over = true;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    /** What an honest host does. */
    public void honestly(Asked asked) throws Malformed, IOException {
        Cbor.Builder answer;
        try {
            answer = answer(asked.call(), asked.fields());
        } catch (TestBroker.Refusal e) {
            answer = Cbor.map().put("error", e.code());
        }
        asked.send(answer);
    }

    public Cbor.Builder answer(String call, CborFields question) throws Malformed, TestBroker.Refusal {
        return switch (call) {
            case "start" -> handed.answer();
            case "challenge" ->
                Cbor.map()
                        .put(
                                "challenge",
                                broker(question).challenge(handed.runRequest()).compact());
            case "prepare" -> said("grant", question, broker(question).prepare(question.octets("body")));
            case "commit" -> said("release", question, broker(question).commit(question.octets("body")));
            case "consistency" -> consistency(question);
            case "read" -> read(question);
            case "step" -> Cbor.map();
            case "deliver" -> deliver(question);
            case "end" -> {
                ending = Optional.of(new Ending.Ended(question.text("outcome"), question.text("code")));
                yield Cbor.map();
            }
            default -> throw new Malformed(call);
        };
    }

    private Cbor.Builder said(String member, CborFields question, Jws statement) throws Malformed {
        said.put(member + " " + question.text("party"), statement);
        return Cbor.map().put(member, statement.compact());
    }

    /** Grants and releases that it carried, by {@code member party}. */
    public Map<String, Jws> said() {
        return Map.copyOf(said);
    }

    public TestBroker broker(CborFields question) throws Malformed {
        var broker = brokers.get(PartyId.parse(question.text("party")));
        if (broker == null) {
            throw new Malformed("no such party");
        }
        return broker;
    }

    private Cbor.Builder consistency(CborFields question) throws Malformed {
        var proof = scene.tree()
                .consistencyProof(
                        question.integer("from", 1, Long.MAX_VALUE), question.integer("to", 1, Long.MAX_VALUE));
        return Cbor.map()
                .put(
                        "proof",
                        new Cbor.Arr(proof.stream().map(d -> Cbor.of(d.bytes())).toList()));
    }

    private Cbor.Builder read(CborFields question) throws Malformed {
        var bytes = store.get(question.text("dataset"));
        if (bytes == null) {
            throw new Malformed("no such dataset");
        }
        var from = (int) question.integer("offset", 0, bytes.length);
        var length = (int) question.integer("length", 1, 4 << 20);
        return Cbor.map().put("data", Bytes.copyOf(Arrays.copyOfRange(bytes, from, from + length)));
    }

    private Cbor.Builder deliver(CborFields question) throws Malformed {
        Map<PartyId, Bytes> results = new LinkedHashMap<>();
        for (var item : question.array("results")) {
            var result = item.asDict().fields();
            results.put(PartyId.parse(result.text("recipient")), result.octets("sealed"));
        }
        ending = Optional.of(new Ending.Delivered(question.octets("receipt"), question.octets("evidence"), results));
        return Cbor.map();
    }

    @Override
    public void close() throws IOException {
        listener.close();
    }
}
