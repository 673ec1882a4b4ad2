// HeidelTime over many texts in one Java: java -cp JAR HeidelTime.java PROPERTIES FOLDER
// A text is FOLDER/N.txt, its publication day the line N of FOLDER/days; FOLDER/N.xml is written.
import de.unihd.dbs.heideltime.standalone.DocumentType;
import de.unihd.dbs.heideltime.standalone.HeidelTimeStandalone;
import de.unihd.dbs.heideltime.standalone.OutputType;
import de.unihd.dbs.heideltime.standalone.POSTagger;
import de.unihd.dbs.uima.annotator.heideltime.resources.Language;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.SimpleDateFormat;
import java.util.List;

class HeidelTime {
    public static void main(String[] arguments) throws Exception {
        HeidelTimeStandalone tagger = new HeidelTimeStandalone(
                Language.FRENCH, DocumentType.NEWS, OutputType.TIMEML, arguments[0], POSTagger.TREETAGGER, true);
        Path folder = Path.of(arguments[1]);
        List<String> days = Files.readAllLines(folder.resolve("days"));
        for (int i = 0; i < days.size(); i++) {
            String text = Files.readString(folder.resolve(i + ".txt"));
            String found = "";
            try {
                found = tagger.process(text, new SimpleDateFormat("yyyy-MM-dd").parse(days.get(i)));
            } catch (Exception e) {
                System.err.println(i + ": " + e);
            }
            Files.writeString(folder.resolve(i + ".xml"), found);
        }
    }
}
