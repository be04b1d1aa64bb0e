package dev.parley.web.release;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;

/** What a broker said to whoever asked, in one word. */
final class Outcomes {
    static final String OK = "OK";

    private Outcomes() {}

    /** {@code OK}, or the code, and behind it what the broker added: {@code EVIDENCE_REFUSED STALE}. */
    static String of(Callable<?> question) throws Exception {
        try {
            question.call();
            return OK;
        } catch (ReleaseRefusal refusal) {
            return (refusal.code() + " " + refusal.detail()).strip();
        }
    }

    /** As many askers at once. */
    static List<String> ofManyAtOnce(int askers, Callable<?> question) throws Exception {
        List<Callable<String>> all = new ArrayList<>();
        for (var i = 0; i < askers; i++) {
            all.add(() -> of(question));
        }
        List<String> outcomes = new ArrayList<>();
        try (var threads = Executors.newFixedThreadPool(askers)) {
            for (var answer : threads.invokeAll(all)) {
                outcomes.add(answer.get());
            }
        }
        return outcomes;
    }
}
