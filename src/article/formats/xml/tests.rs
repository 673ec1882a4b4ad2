use super::*;
use crate::article::stream::Stream;
use std::io::Cursor;

fn read_all(bytes: &[u8]) -> Vec<Result<Article, String>> {
    let stream = Stream::new(Cursor::new(bytes.to_vec())).unwrap();
    let mut cut = open(stream, &Options::default()).unwrap().cut;
    let fields = Fields::default();
    let mut out = Vec::new();
    while let Some(body) = cut.next().unwrap() {
        let mut article = Article::default();
        let read = body.read(&fields, &mut article, &mut Default::default());
        out.push(read.map(|()| article).map_err(|e| e.message));
    }
    out
}

/// Id, title, publication date, text, and fields with their names.
fn told(xml: &str) -> Vec<[String; 5]> {
    let told = |a: Result<Article, String>| {
        let a = a.unwrap();
        let meta = a.meta.iter().map(|(n, v)| format!("{n}={}", v.as_json()));
        [
            a.id,
            a.title.unwrap_or_default(),
            a.published.map(|p| p.0.to_string()).unwrap_or_default(),
            a.text,
            meta.collect::<Vec<_>>().join(" "),
        ]
    };
    read_all(xml.as_bytes()).into_iter().map(told).collect()
}

#[test]
fn items_of_rss() {
    let xml = "<?xml version=\"1.0\"?><rss xmlns:dc=\"x\" xmlns:content=\"y\"><channel>
        <title>Le Petit Nîmois</title><item><title>La gare &amp; la ville</title>
        <link>https://exemple.fr/1</link><guid>n1</guid>
        <pubDate>Thu, 14 Mar 2024 18:12:00 +0100</pubDate><dc:creator>Inès Faure</dc:creator>
        <description>Un résumé</description>
        <content:encoded><![CDATA[<p>La gare\nferme.</p><script>x<y</script><p>Elle
        rouvrira <b>lundi</b>&nbsp;!</p>]]></content:encoded></item>
        <item><title>Deux</title><description>&lt;p&gt;Un &amp;amp; deux&lt;/p&gt;</description>
        </item></channel></rss>";
    assert_eq!(
        told(xml),
        [
            [
                "n1",
                "La gare & la ville",
                "2024-03-14T18:12+01:00",
                "La gare ferme.\nElle rouvrira lundi&nbsp;!",
                "author=\"Inès Faure\" url=\"https://exemple.fr/1\"",
            ],
            ["", "Deux", "", "Un &amp; deux", ""],
        ]
    );
}

#[test]
fn entries_of_atom() {
    let xml = "<feed xmlns='http://www.w3.org/2005/Atom'><title>Flux</title><entry>
        <title type='html'>La &lt;i&gt;gare&lt;/i&gt;</title><id>tag:1</id>
        <link rel='alternate' href='https://exemple.fr/1?a=1&amp;b=2'/>
        <published>2024-03-14T18:12:00Z</published><updated>2024-03-15T08:00:00Z</updated>
        <content type='xhtml'><div><p>La gare
          ferme.</p><p>Elle rouvrira.</p></div></content></entry></feed>";
    assert_eq!(
        told(xml),
        [[
            "tag:1",
            "La gare",
            "2024-03-14T18:12Z",
            "La gare ferme.\nElle rouvrira.",
            "modified=\"2024-03-15T08:00:00Z\" url=\"https://exemple.fr/1?a=1&b=2\"",
        ]]
    );
}

#[test]
fn editions_of_tei() {
    let xml = "<teiCorpus><teiHeader><titleStmt><title>Corpus</title></titleStmt></teiHeader>
        <TEI xml:id='gare1903'><teiHeader><fileDesc><titleStmt><title>La gare de Nîmes</title>
        <author>I. Faure</author></titleStmt><publicationStmt><date when='2011'/></publicationStmt>
        <sourceDesc><bibl><date when='1903-03-14'>14 mars</date></bibl></sourceDesc></fileDesc>
        </teiHeader><text><body><div><head>La gare</head><p>On l'a <choice><sic>ouvrete</sic>
        <corr>ouverte</corr></choice> ce ma<lb break='no'/>tin,<lb/>sans bruit.</p>
        <fw>Page 3</fw><lg><l>Vers un</l><l>Vers deux</l></lg></div></body></text></TEI></teiCorpus>";
    assert_eq!(
        told(xml),
        [[
            "gare1903",
            "La gare de Nîmes",
            "1903-03-14",
            "La gare\nOn l'a ouverte ce matin, sans bruit.\nVers un\nVers deux",
            "author=\"I. Faure\"",
        ]]
    );
}

#[test]
fn stories_of_agencies() {
    let nitf = "<nitf><head><title>fente</title><docdata><doc-id id-string='d1'/>
        <date.issue norm='20240314T181200+0100'/></docdata></head><body><body.head><hedline>
        <hl1>La gare ferme</hl1></hedline><byline>Inès Faure</byline></body.head><body.content>
        <p>La gare de Nîmes ferme.</p><p>Elle rouvrira.</p></body.content></body></nitf>";
    let story = [
        "d1",
        "La gare ferme",
        "2024-03-14T18:12+01:00",
        "La gare de Nîmes ferme.\nElle rouvrira.",
        "author=\"Inès Faure\"",
    ];
    assert_eq!(told(nitf), [story]);
    let g2 = format!(
        "<newsMessage><itemSet><newsItem guid='d1'><itemMeta><provider literal='Agence'/>
         <versionCreated>2024-03-14T18:12:00+01:00</versionCreated></itemMeta><contentMeta>
         <headline>La gare ferme</headline><by>Inès Faure</by></contentMeta><contentSet>
         <inlineXML contenttype='application/nitf+xml'>{nitf}</inlineXML></contentSet></newsItem>
         </itemSet></newsMessage>"
    );
    let mut sent = story;
    sent[4] = "author=\"Inès Faure\" site=\"Agence\"";
    assert_eq!(told(&g2), [sent]);
    let plain = "<newsItem guid='d2'><contentSet><inlineData>Un.\n\nDeux.</inlineData></contentSet></newsItem>";
    assert_eq!(told(plain)[0][3], "Un.\n\nDeux.");
    let one = "<NewsML><NewsItem><Identification><NewsIdentifier><NewsItemId>d1</NewsItemId>
        </NewsIdentifier></Identification><NewsManagement><FirstCreated>20240313T090000+0100</FirstCreated>
        <ThisRevisionCreated>20240314T181200+0100</ThisRevisionCreated></NewsManagement>
        <NewsComponent><NewsLines><HeadLine>La gare ferme</HeadLine><ByLine>Inès Faure</ByLine></NewsLines>
        <ContentItem><DataContent><p>La gare de Nîmes ferme.</p><p>Elle rouvrira.</p></DataContent>
        </ContentItem></NewsComponent></NewsItem></NewsML>";
    assert_eq!(told(one), [story]);
}

#[test]
fn encodings_and_what_is_no_xml() {
    let latin = b"<?xml version='1.0' encoding='ISO-8859-1'?><rss><item><title>L'\xe9t\xe9</title></item></rss>";
    let all = read_all(latin);
    assert_eq!(all[0].as_ref().unwrap().title.as_deref(), Some("L'été"));
    let open = |bytes: &[u8]| {
        let stream = Stream::new(Cursor::new(bytes.to_vec())).unwrap();
        super::open(stream, &Options::default())
            .err()
            .unwrap()
            .to_string()
    };
    assert!(open(b"<urlset><url/></urlset>").contains("`urlset`"));
    assert!(open(b"plain").contains("no element"));
    // Not well formed, and deep: an article each, or an error that says so.
    let deep = format!("<rss><item>{}</item></rss>", "<a>".repeat(100_000));
    assert!(
        read_all(deep.as_bytes())[0]
            .as_ref()
            .is_err_and(|e| e.contains("deep"))
    );
    let odd = read_all(
        b"<rss><item><title>A & B</b></title><description>x<br>y</description></item></rss>",
    );
    let odd = odd[0].as_ref().unwrap();
    assert_eq!((odd.title.as_deref(), &*odd.text), (Some("A & B"), "x\ny"));
}
