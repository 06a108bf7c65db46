import com.adobe.epubcheck.api.EpubCheck;
import com.adobe.epubcheck.util.WriterReportImpl;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.stream.Collectors;

/** Checks books with EPUBCheck, all in one machine: `java -cp 'epubcheck.jar:lib/*' Books.java FILE…` prints a line for each, PASS or FAIL. */
public class Books {
    public static void main(String[] files) {
        for (String file : files) {
            StringWriter said = new StringWriter();
            WriterReportImpl report = new WriterReportImpl(new PrintWriter(said, true));
            new EpubCheck(new File(file), report).doValidate();
            int found = report.getFatalErrorCount() + report.getErrorCount() + report.getWarningCount();
            String what = said.toString().lines().filter(line -> !line.startsWith("INFO")).limit(4).collect(Collectors.joining(" "));
            System.out.println(found == 0 ? "PASS " + file : "FAIL " + file + ": " + what + " (" + found + " in all)");
        }
        System.exit(0);
    }
}
