"""Write samples/: exercise reports in every format that vedette reads. `python tools/make_samples.py`

All people, outlets, armed groups and events are invented; places are real. The sequence plays from 3 to 14 May 2031.
"""

from __future__ import annotations

import csv
import gzip
import io
import json
from datetime import datetime
from pathlib import Path

import docx

OUT = Path(__file__).resolve().parents[1] / "samples"

WIRE_KUNDUZ = """IMAM SAHIB, May 4 (Amu Wire) - At least 12 people were killed and 30 wounded when gunmen attacked a market in Imam Sahib district of Kunduz province on Saturday, police said.

Provincial police spokesman Farid Sample said fighters of the Oxus Front opened fire on shoppers shortly after noon and fled on motorcycles toward the river. "They came from two sides and shot at everyone," Sample said. "Among the dead are three children."

The Oxus Front, which controls parts of the river bank, denied that its men had attacked the market. Its spokesman, who goes by the name Commander Zarif, told Amu Wire by telephone that the group "has no quarrel with the people of Imam Sahib" and accused the Northern Shield Brigade of carrying out the attack.

Residents said Northern Shield fighters arrived an hour later and arrested five men. The brigade did not answer calls.

The two groups fought over the district in 2029, when about 200 families fled to Kunduz city."""

WIRE_BRIDGE = """DUSHANBE, May 6 (Amu Wire) - Tajikistan closed the border crossing at Panji Poyon on Tuesday and sent additional troops to the Khatlon region after fighters seized the Afghan town of Sher Khan Bandar, officials said.

"We have closed the bridge until further notice," Deputy Interior Minister Rustam Example told reporters in Dushanbe. "If necessary, we will take all measures to protect our citizens."

He said that more than 400 Afghan civilians had crossed the Panj River since Monday and that the Red Crescent was giving them food and tents near Farkhor.

The Oxus Front said it had taken almost full control of the border between Imam Sahib and Dasht-e Qala. A government official in Kunduz, who asked not to be named because he was not allowed to speak to the media, said government forces still held about half of the district centres along the river.

The United Nations urged both sides to allow aid convoys through."""

TEXTS: dict[str, str] = {
    "01-amu-wire-market.txt": f"Title: Gunmen kill 12 at market in Imam Sahib\nOutlet: Amu Wire\nPublished: 2031-05-04\nURL: https://amuwire.example/2031/05/04/imam-sahib\n\n{WIRE_KUNDUZ}\n",
    "02-oxus-post-market.txt": f"Title: Market attack in Kunduz leaves 12 dead\nOutlet: The Oxus Post\nPublished: 2031-05-04\nURL: https://oxuspost.example/kunduz-market\n\n{WIRE_KUNDUZ}\n\nThis article first appeared in Amu Wire.\n\nFollow us on Telegram for the latest from the north.\n",
    "03-termez-herald-market.txt": f"The Termez Herald\n\nDozen dead in Kunduz market attack\n\nBy our correspondent\n\n{WIRE_KUNDUZ}\n\nWith files from Amu Wire\n",
    "04-rustaq-radio-toll.txt": 'Title: Doctors count 19 dead after Imam Sahib market attack\nOutlet: Radio Rustaq\nPublished: 2031-05-05\n\nIMAM SAHIB - Doctors at the district hospital said on Sunday that 19 people had died in the attack on the market in Imam Sahib, seven more than the police had announced.\n\n"We received nineteen bodies, and two of the wounded may not live," said Dr. Nasrin Placeholder, the head of the hospital. She said most of the dead were shopkeepers.\n\nPolice spokesman Farid Sample rejected the figure and said the toll stood at 12.\n\nRelatives of the dead protested outside the governor\'s office in Kunduz on Sunday and demanded an investigation. Governor Hashmat Fixture promised to punish those responsible.\n',
    "05-oxus-front-statement.txt": "Title: Statement on the events in Imam Sahib\nOutlet: Voice of the River\nPublished: 2031-05-05\n\nThe Oxus Front rejects the accusations of the police. Our fighters did not attack the market in Imam Sahib. The crime was committed by the so-called Northern Shield Brigade, which kidnapped five innocent men on the same day.\n\nThe Front calls on the people of Kunduz to remain calm. It warns the Brigade that it will answer any further attack on civilians.\n\nThe Front has released 11 prisoners as a sign of good will.\n",
    "06-amu-wire-border.txt": f"Title: Tajikistan closes border bridge after town falls\nOutlet: Amu Wire\nPublished: 2031-05-06\nURL: https://amuwire.example/2031/05/06/panji-poyon\n\n{WIRE_BRIDGE}\n",
    "07-long-read-river.txt": "Title: A river, two banks and no bridge\nOutlet: Pamir Review\nPublished: 2031-05-08\nByline: By Mahvash Invented\nURL: https://pamirreview.example/long/river\n\nFor a week now the people of Farkhor have gone down to the water in the evening and looked across. On the other bank there is smoke over the reed beds, and some nights there is shooting.\n\nThe story of how the river became a front line again began with a market. But it was the fall of a small port that closed the bridge.\n\n"
    + "\n\n".join(WIRE_BRIDGE.split("\n\n")[0:1]).replace("DUSHANBE, May 6 (Amu Wire) - ", "")
    + "\n\n"
    + "\n\n".join(WIRE_BRIDGE.split("\n\n")[1:4])
    + '\n\nThat was on Tuesday. On Wednesday I met Gulnora, a teacher, who had walked for two days with her sons. "They told us to leave before dark," she said. "My brother stayed. I have not heard from him.\n\n"When we reached the river there were soldiers on the other side, and they helped us. I will not forget it."\n\nHer village, she said, had been shelled twice from the hills above Khwaja Ghar. She did not know by whom.\n\nHistorians in Dushanbe recall that the river was crossed by tens of thousands of refugees in 1992, during the civil war in Tajikistan, then in the other direction.\n\nDuring a visit to the camp, Tajik Deputy Interior Minister Rustam Example said his country would not send anyone back. "We have promised shelter, and we will keep that promise," he said.\n\nEditor\'s note: names of refugees have been changed.\n',
    "08-khorog-courier-ishkashim.txt": 'KHOROG, May 7 - Border guards at Ishkashim said on Wednesday that the crossing remained open and that no fighting had been seen on the Afghan side.\n\nColonel Davlat Specimen, who commands the post, denied reports that fighters of the Movement of the Passes* had crossed into Tajikistan. "Not one armed man has crossed here," he said. "These are rumours."\n\nA trader who came over the bridge in the morning said the Movement had put up two checkpoints on the road to Baharak and was searching cars.\n\nThousands of people wait for visa in Faizabad, read more\n\nThe Movement of the Passes said last week that it would not attack the border unless it was attacked first.\n\n*Movement of the Passes, a group banned in Tajikistan as extremist.\n',
    "09-northern-shield-admission.txt": 'Title: Brigade admits killing of two aid workers\nOutlet: The Oxus Post\nPublished: 2031-05-08\nURL: https://oxuspost.example/shield-admits\n\nKUNDUZ - The Northern Shield Brigade [banned in Uzbekistan] admitted on Thursday that its fighters had killed two aid workers near Dasht-e Archi on Tuesday, and apologised to their families.\n\n"Our men fired on a white car that did not stop. It was a mistake and we regret it," the brigade\'s commander, Sohrab Dummy, said in a video message.\n\nThe brigade had earlier blamed the Oxus Front for the deaths.\n\nThe United Nations condemned the killings and suspended aid deliveries to the district until the fighters hand over the suspects.\n\nRead more: Doctors count 19 dead after Imam Sahib market attack\n',
    "10-interview-governor.txt": 'Title: "We hold the city": an interview with the governor of Kunduz\nOutlet: Pamir Review\nPublished: 2031-05-09\n\nQ: Governor, who controls the province today?\n\nFIXTURE: We hold the city and the road to Baghlan. In the districts it is more difficult. The Front controls perhaps a third of the district centres, not half as they say.\n\nQ: And the border?\n\nFIXTURE: The port of Sher Khan Bandar was lost on Monday, I do not hide it. We will retake it within days.\n\nQ: Will you talk to the Front?\n\nFIXTURE: We are ready to meet if they release the hostages. We will not negotiate under fire.\n',
    "11-talks-termez.txt": "Title: Afghan delegation, Oxus Front hold talks in Termez\nOutlet: The Termez Herald\nPublished: 2031-05-10\nURL: https://termezherald.example/talks\n\nTERMEZ, Uzbekistan - Representatives of the government in Kabul and the Oxus Front met in Termez on Saturday for the first time since the fighting began, Uzbekistan's Foreign Ministry said.\n\nUzbek mediator Anvar Example said the two sides discussed a ceasefire along the river and an exchange of prisoners. He described the talks as difficult but useful.\n\nThe head of the government delegation, Karim Specimen, said Kabul would lift the blockade of Dasht-e Qala if the Front withdrew from Sher Khan Bandar. The Front's negotiator refused to comment.\n\nAccording to a diplomat who attended the meeting, the Front demanded the release of 60 detainees and threatened to leave the talks.\n\nThe talks are to continue on Monday.\n",
    "12-correction-a.txt": "Title: Nine soldiers killed near Khwaja Ghar\nOutlet: Radio Rustaq\nPublished: 2031-05-09\nURL: https://radiorustaq.example/khwaja-ghar\n\nRUSTAQ - Nine government soldiers were killed in an ambush near Khwaja Ghar overnight, an army officer said on Friday. He said the attackers used mortars and withdrew into Darqad before dawn.\n\nThe Oxus Front claimed responsibility for the attack.\n",
    "13-correction-b.txt": "Title: Six soldiers killed near Khwaja Ghar\nOutlet: Radio Rustaq\nPublished: 2031-05-09\nURL: https://radiorustaq.example/khwaja-ghar\n\nRUSTAQ - Six government soldiers were killed in an ambush near Khwaja Ghar overnight, an army officer said on Friday. He said the attackers used mortars and withdrew into Darqad before dawn.\n\nThe Oxus Front claimed responsibility for the attack.\n\nCorrection: An earlier version of this report gave the number of dead as nine. It is six.\n",
    "14-hairatan-trains.txt": "Title: Trains to Hairatan halted for a second day\nOutlet: The Termez Herald\nPublished: 2031-05-07\n\nTERMEZ - Uzbekistan halted freight trains to Hairatan for a second day on Wednesday after shots were fired at a locomotive near Kaldar, the railway said.\n\nNo one was hurt. The railway said traffic over the Friendship Bridge would resume when Afghan police secure the line.\n\nTraders in Mazar-e-Sharif said the price of flour had risen by a third since Monday. They urged both governments to reopen the line.\n",
    "15-mazar-protest.txt": 'Title: Hundreds protest over flour prices in Mazar\nOutlet: Balkh Daily\nPublished: 2031-05-09\n\nMAZAR-E-SHARIF - Hundreds of people demonstrated in Mazar-e-Sharif on Friday against the price of flour. Police used tear gas to disperse the crowd and arrested 23 people, witnesses said.\n\nPolice chief Wahid Sample said only eight people were detained and that officers did not use gas. "We asked them to go home, and they went," he told the Balkh Daily.\n\nA student, who gave his name only as Omid, said he was beaten by two policemen.\n',
    "16-andkhoy-arrests.txt": "Title: Police arrest smugglers in Andkhoy\nOutlet: Balkh Daily\nPublished: 2031-05-06\n\nANDKHOY - Police in Faryab province arrested four men in Andkhoy on Tuesday and seized 40 rifles that were on their way to Kunduz, the Interior Ministry said.\n\nThe ministry accused the Northern Shield Brigade of buying weapons across the border at Aqina. It gave no evidence.\n\nTurkmenistan's consul in Mazar-e-Sharif rejected the accusation that his country had allowed the shipment.\n",
    "17-badakhshan-quiet.txt": 'Title: Badakhshan elders broker truce in Khwahan\nOutlet: Khorog Courier\nPublished: 2031-05-11\n\nKHOROG - Elders in Khwahan district have persuaded the Movement of the Passes and the local police to stop fighting for ten days, residents said on Sunday.\n\nThe truce began on Saturday evening. Under the agreement the Movement withdrew its fighters from the district centre and the police released three prisoners.\n\n"If anyone breaks the truce, the whole valley will be against him," said Haji Placeholder, one of the elders.\n\nSimilar truces in Shahri Buzurg in 2028 held for less than a week.\n',
    "18-sanctions.txt": 'Title: European Union sanctions two commanders\nOutlet: Amu Wire\nPublished: 2031-05-12\n\nBRUSSELS (Amu Wire) - The European Union imposed sanctions on Monday on Commander Zarif of the Oxus Front and Sohrab Dummy of the Northern Shield Brigade over attacks on civilians in northern Afghanistan.\n\nAn EU spokeswoman said their assets would be frozen. "Those who kill aid workers and shoppers must know that we are watching," she said.\n\nThe Oxus Front dismissed the sanctions as meaningless.\n\nRussia said it opposed the measures and called for talks.\n',
    "19-hypotheticals.txt": 'Title: Analysts fear a wider war on the Panj\nOutlet: Pamir Review\nPublished: 2031-05-12\n\nIf the Front attacks Khorog, Tajikistan will answer, analysts in Dushanbe say. Most of them think that it will not come to that.\n\n"Nobody wants to fight Tajikistan," said Shirin Invented of the Panj Institute. "The Front might shell a post by mistake. It could happen tomorrow."\n\nShe warned that up to 50,000 people could flee across the river if Kunduz fell.\n\nThe Tajik government has not said whether it would send troops across the border. A senior official ruled out any attack on Afghan soil.\n',
    "20-agency-denial.txt": 'Title: Dushanbe denies shelling Afghan bank\nOutlet: Amu Wire\nPublished: 2031-05-13\nURL: https://amuwire.example/2031/05/13/denial\n\nDUSHANBE, May 13 (Amu Wire) - Tajikistan\'s Defence Ministry on Tuesday denied that its forces had shelled the Afghan bank of the Panj River near Darqad.\n\n"Our artillery did not fire a single shot," the ministry said in a statement. It called the claim of the Oxus Front a provocation.\n\nThe Front said on Monday that Tajik shells had killed four fishermen. It showed no pictures.\n\nTwo residents of Yangi Qala told Amu Wire that they had heard explosions but did not know who had fired.\n',
    "21-oxus-post-shelling.txt": 'Title: Front says Tajik shells killed four fishermen\nOutlet: Voice of the River\nPublished: 2031-05-12\n\nDARQAD - Tajik forces shelled the river bank in Darqad district on Monday and killed four fishermen, the Oxus Front said.\n\n"They fired eleven shells at men with nets," said Commander Zarif. He said the Front would not leave the deaths unanswered.\n\nThe Front has almost full control of the border and holds all crossings but Ishkashim, he added.\n',
}

HTML = {
    "22-page-aid.html": (
        "Aid convoy reaches Dasht-e Qala",
        "Oxus Relief News",
        "2031-05-10",
        [
            "DASHT-E QALA - A convoy of 14 trucks with food and medicine reached Dasht-e Qala on Saturday after the Oxus Front opened the road, the World Food Programme said.",
            "It was the first delivery since the government imposed a blockade on the town last week.",
            "“People here were eating grass,” said Mina Placeholder, a nurse. “Now there is bread for ten days.”",
            "The convoy was delayed for six hours at a government checkpoint near Rustaq, where soldiers searched every truck, the agency said. An army spokesman denied that the convoy had been stopped.",
            "The Front promised to let further convoys through.",
        ],
    ),
    "23-page-retake.html": (
        "Government forces retake Sher Khan Bandar",
        "Balkh Daily",
        "2031-05-14",
        [
            "KUNDUZ - Government forces retook the river port of Sher Khan Bandar on Wednesday after nine days, the Defence Ministry in Kabul said.",
            "“Our flag is over the customs house again,” Governor Hashmat Fixture told the Balkh Daily by telephone.",
            "The Oxus Front denied that it had lost the port. Its spokesman said fighting continued in the railway yard and that the Front still held most of the town.",
            "At least 15 fighters and three soldiers were killed, an army doctor said. The figures could not be checked.",
            "Tajikistan said the bridge at Panji Poyon would stay closed.",
        ],
    ),
    "24-page-bridge-copy.html": (
        "Bridge shut as town falls to fighters",
        "Samarkand Evening",
        "2031-05-07",
        ["(Amu Wire) - " + WIRE_BRIDGE.split(" - ", 1)[1].split("\n\n", maxsplit=1)[0], *WIRE_BRIDGE.split("\n\n")[1:]],
    ),
    "25-page-kunduz-curfew.html": (
        "Curfew in Kunduz after night of shooting",
        "Kunduz Today",
        "2031-05-11",
        [
            "KUNDUZ - The authorities imposed a curfew in Kunduz city on Sunday after a night of shooting in which a policeman was killed.",
            "Police chief Latif Specimen said gunmen on motorcycles had attacked two checkpoints. He blamed the Oxus Front [banned in Uzbekistan and Tajikistan].",
            "Nobody claimed responsibility. A Front official said its men were not in the city.",
            "Schools will remain closed until Wednesday.",
        ],
    ),
}

ROWS_JSONL = [
    {
        "id": "kt-101",
        "title": "Villagers leave Qala-i-Zal",
        "outlet": "Kunduz Today",
        "published": "2031-05-05",
        "url": "https://kunduztoday.example/101",
        "text": "QALA-I-ZAL - About 300 families have left Qala-i-Zal since Saturday, the head of the district said on Monday. He said the Oxus Front had ordered them to go.\n\nThe Front denied this. It said the families left because of government air strikes, which killed two farmers on Sunday.\n\nThe Defence Ministry confirmed one air strike and said it had hit a weapons store.",
    },
    {
        "id": "kt-102",
        "title": "Five men freed in Imam Sahib",
        "outlet": "Kunduz Today",
        "published": "2031-05-07",
        "url": "https://kunduztoday.example/102",
        "text": 'IMAM SAHIB - The Northern Shield Brigade on Wednesday released the five men it had arrested after the market attack, their families said.\n\n"They were beaten, but they are alive," said the father of one of them. He thanked the elders who had negotiated with the brigade.',
    },
    {
        "id": "kt-103",
        "title": "Brigade and Front clash at Dasht-e Archi",
        "outlet": "Kunduz Today",
        "published": "2031-05-10",
        "url": "https://kunduztoday.example/103",
        "text": "DASHT-E ARCHI - Fighters of the Oxus Front and the Northern Shield Brigade clashed in Dasht-e Archi on Saturday. A local official said between 10 and 15 fighters were killed. The brigade said it had surrounded the district centre; the Front said it controlled all of the town but the hospital.\n\nThe hospital asked both sides to allow the wounded to be evacuated.",
    },
    {
        "id": "kt-104",
        "title": "Report from the camp at Farkhor",
        "outlet": "Kunduz Today",
        "published": "2031-05-11",
        "url": "https://kunduztoday.example/104",
        "text": "FARKHOR, Tajikistan - More than 2,000 refugees now live in the camp near Farkhor, the UN refugee agency said on Sunday. Tajikistan has agreed to let them stay until the autumn.\n\nTwo children drowned when a raft sank on Friday, a Red Crescent doctor said.",
    },
]

ROWS_CSV = [
    (
        "Army plans to retake port, minister says",
        "Amu Wire",
        "2031-05-08",
        "https://amuwire.example/2031/05/08/port",
        'KABUL, May 8 (Amu Wire) - Defence Minister Yunus Fixture said on Thursday that the army would retake Sher Khan Bandar within a week. He said two battalions had been sent to Kunduz.\n\nThe minister declined to say how many soldiers had been lost since the fighting began. An official in his ministry put the number at "dozens".',
    ),
    (
        "Uzbekistan moves tanks to Termez",
        "Samarkand Evening",
        "2031-05-09",
        "https://samarkandevening.example/tanks",
        "TERMEZ - Uzbekistan moved tanks and artillery to the border near Termez on Friday for what it called a planned exercise.\n\nA Foreign Ministry spokesman said Uzbekistan did not intend to cross the river. He urged all sides to respect the ceasefire talks that begin in Termez on Saturday.",
    ),
    (
        "Fuel runs short in Taloqan",
        "Radio Rustaq",
        "2031-05-12",
        "https://radiorustaq.example/fuel",
        "TALOQAN - Fuel is running short in Taloqan because drivers refuse to use the road from Kunduz, the Takhar chamber of commerce said on Monday.\n\nTwo tankers were burned on the road on Sunday. The police said they did not know who had attacked them.",
    ),
]

RSS = [
    (
        "Front frees 11 prisoners near Imam Sahib",
        "Mon, 05 May 2031 16:00:00 +0500",
        "https://voiceoftheriver.example/1",
        "<p>IMAM SAHIB - The Oxus Front on Monday released 11 prisoners to elders near Imam Sahib. One of them, a policeman, said they had been treated well.</p><p>The governor's office confirmed the release and said it had made no concession.</p>",
    ),
    (
        "Front: no talks while bombs fall",
        "Sun, 11 May 2031 09:00:00 +0500",
        "https://voiceoftheriver.example/2",
        "<p>TERMEZ - The Oxus Front will leave the talks in Termez if the government bombs Qala-i-Zal again, its negotiator said on Sunday.</p><p>He accused Kabul of breaking its promise to stop air strikes during the talks. The government said no aircraft had flown since Thursday.</p>",
    ),
]

ATOM = [
    (
        "Tajik guards rescue family from river",
        "2031-05-09T08:00:00Z",
        "https://khorogcourier.example/rescue",
        "KHOROG - Tajik border guards rescued a family of six from the Panj River near Darvoz on Thursday night, the border service said. The family had fled fighting in Khwahan.",
    ),
    (
        "Movement of the Passes takes post above Ishkashim",
        "2031-05-13T08:00:00Z",
        "https://khorogcourier.example/post",
        "KHOROG - The Movement of the Passes seized a police post above Ishkashim on Monday, a district official told the Khorog Courier. Colonel Davlat Specimen said the crossing was not affected. He added that his men were ready to repel any attack.",
    ),
]

PDF_LINES = [
    "PANJ INSTITUTE: WEEKLY SECURITY NOTE",
    "",
    "Kunduz and Takhar, week of 5 to 11 May 2031",
    "",
    "The Oxus Front now controls over a third of the district centres of",
    "Kunduz province and about half of the river border, our monitors say.",
    "Government forces hold Kunduz city and the road to Baghlan.",
    "",
    "On 8 May an explosion at the bridge of Khwaja Ghar killed a driver.",
    "Nobody has claimed responsibility. Police suspect the Northern Shield",
    "Brigade, which denies any part in it.",
    "",
    "If the talks in Termez fail, the Front will probably attack Rustaq.",
    "The institute advises aid groups to suspend travel to Darqad.",
]

DOCX_PARAGRAPHS = [
    "FAIZABAD - Doctors Without Frontiers, an aid group, said on Monday that it had treated 41 wounded people in its clinic in Khwahan since the beginning of May, among them nine children.",
    "“We do not ask who shot them,” the group's coordinator, Lena Dummy, said. “Most were hurt by mines on the road.”",
    "She called on the Movement of the Passes to clear the mines that it had laid near the bridge. The Movement said the mines were old.",
    "On Sunday two of the group's drivers were stopped by armed men and robbed. They were not hurt.",
]


def pdf(lines: list[str]) -> bytes:
    """A one-page PDF with a text layer, written by hand."""
    shown = ["BT /F1 11 Tf 60 780 Td 15 TL"]
    for line in lines:
        escaped = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
        shown.append(f"({escaped}) Tj T*")
    stream = "\n".join([*shown, "ET"]).encode("latin-1")
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 5 0 R /Resources << /Font << /F1 4 0 R >> >> >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        b"<< /Length " + str(len(stream)).encode() + b" >>\nstream\n" + stream + b"\nendstream",
        b"<< /Title (Weekly security note, Kunduz and Takhar) /Author (Panj Institute) /CreationDate (D:20310512080000Z) >>",
    ]
    out = bytearray(b"%PDF-1.4\n")
    offsets = []
    for n, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += b"%d 0 obj\n" % n + body + b"\nendobj\n"
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % at for at in offsets)
    out += b"trailer\n<< /Size %d /Root 1 0 R /Info 6 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
    return bytes(out)


def page(title: str, outlet: str, day: str, paragraphs: list[str]) -> str:
    body = "\n".join(f"<p>{p}</p>" for p in paragraphs)
    return f"""<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title} - {outlet}</title>
<meta property="og:title" content="{title}"><meta property="og:site_name" content="{outlet}">
<meta property="article:published_time" content="{day}T08:00:00Z"></head>
<body><nav><ul><li><a href="/">Home</a></li><li><a href="/region">Region</a></li><li><a href="/about">About us</a></li></ul></nav>
<main><article><h1>{title}</h1>
{body}
</article></main>
<footer><p>Subscribe to our newsletter</p><p>All rights reserved</p></footer></body></html>
"""


def main() -> None:
    OUT.mkdir(exist_ok=True)
    for name, text in TEXTS.items():
        (OUT / name).write_text(text, encoding="utf-8")
    for name, (title, outlet, day, paragraphs) in HTML.items():
        (OUT / name).write_text(page(title, outlet, day, paragraphs), encoding="utf-8")
    lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in ROWS_JSONL)
    (OUT / "26-kunduz-today.jsonl").write_text(lines, encoding="utf-8")
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(["headline", "source", "date", "url", "body"])
    writer.writerows(ROWS_CSV)
    (OUT / "27-archive.csv").write_text(buffer.getvalue(), encoding="utf-8")
    items = "".join(
        f"<item><title>{t}</title><link>{u}</link><pubDate>{d}</pubDate><description><![CDATA[{x}]]></description></item>"
        for t, d, u, x in RSS
    )
    (OUT / "28-voice-of-the-river.rss").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel><title>Voice of the River</title>{items}</channel></rss>\n',
        encoding="utf-8",
    )
    entries = "".join(
        f'<entry><title>{t}</title><id>{u}</id><link href="{u}"/><published>{d}</published><updated>{d}</updated><content type="text">{x}</content></entry>'
        for t, d, u, x in ATOM
    )
    (OUT / "29-khorog-courier.atom").write_text(
        f'<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>Khorog Courier</title><id>x</id><updated>2031-05-13T09:00:00Z</updated>{entries}</feed>\n',
        encoding="utf-8",
    )
    (OUT / "30-panj-institute.pdf").write_bytes(pdf(PDF_LINES))
    document = docx.Document()
    for paragraph in DOCX_PARAGRAPHS:
        document.add_paragraph(paragraph)
    core = document.core_properties
    core.title, core.subject, core.author = (
        "Clinic in Khwahan treats 41 wounded",
        "Badakhshan Bulletin",
        "Badakhshan Bulletin",
    )
    core.created = core.modified = datetime(2031, 5, 12, 8, 0)
    document.save(str(OUT / "31-badakhshan-bulletin.docx"))
    old = "Title: Snow closes Anjuman pass\nOutlet: Khorog Courier\nPublished: 2031-05-03\n\nKHOROG - Snow has closed the Anjuman pass for the third day, drivers said on Saturday. Two trucks with medicine for Khwahan are waiting.\n\nThe Movement of the Passes, which holds the northern side, said it would let them through.\n"
    (OUT / "32-anjuman.txt.gz").write_bytes(gzip.compress(old.encode(), mtime=0))
    (OUT / "33-empty.txt").write_bytes(b"")
    (OUT / "34-photo.jpg").write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)))
    (OUT / "35-broken.txt.gz").write_bytes(gzip.compress(old.encode() * 50, mtime=0)[:60])
    (OUT / "EXERCISE.toml").write_text(
        'exercise = true\nnote = "Written for training and tests: people, outlets, armed groups and events are invented, places are real. The sequence is set in May 2031."\n',
        encoding="utf-8",
    )


if __name__ == "__main__":
    main()
