package peerserver.bench.load;

import java.util.Locale;

/** How figures look in tables. */
final class Figures {

    private Figures() {}

    /** Three significant digits or so. */
    static String ms(double ms) {
        String format = ms >= 100 ? "%.0f" : ms >= 10 ? "%.1f" : ms >= 1 ? "%.2f" : "%.3f";
        return String.format(Locale.ROOT, format, ms);
    }

    static String ratio(double ratio) {
        return String.format(Locale.ROOT, "%.2f", ratio);
    }

    static String percent(double share) {
        return String.format(Locale.ROOT, "%.0f %%", 100 * share);
    }
}
