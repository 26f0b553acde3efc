<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en">
<context>
    <name>AssignForm</name>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) assigned to {names}</source>
        <translation>
            <numerusform>%n order assigned to {names}</numerusform>
            <numerusform>%n orders assigned to {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BellButton</name>
    <message numerus="yes">
        <source>%n message(s) unread</source>
        <translation>
            <numerusform>%n message unread</numerusform>
            <numerusform>%n messages unread</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkReport</name>
    <message numerus="yes">
        <source>%n order(s) not done</source>
        <translation>
            <numerusform>%n order not done</numerusform>
            <numerusform>%n orders not done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>%n done</numerusform>
            <numerusform>%n done</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>and %n more</numerusform>
            <numerusform>and %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>CallPage</name>
    <message numerus="yes">
        <source>all %n order(s)</source>
        <translation>
            <numerusform>all %n order</numerusform>
            <numerusform>all %n orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n people use this number: ask who speaks</source>
        <translation>
            <numerusform>%n person uses this number</numerusform>
            <numerusform>%n people use this number: ask who speaks</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Work as usual: %n change(s) are kept here and sent by themselves.</source>
        <translation>
            <numerusform>Work as usual: %n change is kept here and sent by itself.</numerusform>
            <numerusform>Work as usual: %n changes are kept here and sent by themselves.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Look at %n</source>
        <translation>
            <numerusform>Look at it</numerusform>
            <numerusform>Look at %n</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>The server sent back %n operation(s).</source>
        <translation>
            <numerusform>The server sent back %n operation.</numerusform>
            <numerusform>The server sent back %n operations.</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DockHeader</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n waiting</numerusform>
            <numerusform>%n waiting</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message numerus="yes">
        <source>%n order(s) now {priority}</source>
        <translation>
            <numerusform>%n order now {priority}</numerusform>
            <numerusform>%n orders now {priority}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DraftsPage</name>
    <message numerus="yes">
        <source>Chosen draft, %n field(s) filled in</source>
        <translation>
            <numerusform>Chosen draft, %n field filled in</numerusform>
            <numerusform>Chosen draft, %n fields filled in</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>DuplicatesBox</name>
    <message numerus="yes">
        <source>{why}, %n more</source>
        <translation>
            <numerusform>{why}, %n more</numerusform>
            <numerusform>{why}, %n more</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HandedNotice</name>
    <message numerus="yes">
        <source>{name} handed you %n draft(s) at {time}</source>
        <translation>
            <numerusform>{name} handed you %n draft at {time}</numerusform>
            <numerusform>{name} handed you %n drafts at {time}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HistoryBox</name>
    <message numerus="yes">
        <source>all %n</source>
        <translation>
            <numerusform>all %n</numerusform>
            <numerusform>all %n</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln overdue</numerusform>
            <numerusform>%Ln overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln due soon</source>
        <translation>
            <numerusform>%Ln due soon</numerusform>
            <numerusform>%Ln due soon</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>%Ln selected</numerusform>
            <numerusform>%Ln selected</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %Ln in this filter</source>
        <translation>
            <numerusform>of %Ln in this filter</numerusform>
            <numerusform>of %Ln in this filter</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message numerus="yes">
        <source>%n order(s) open, look at this first</source>
        <translation>
            <numerusform>%n order open, look at it first</numerusform>
            <numerusform>%n orders open, look at this first</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>once</numerusform>
            <numerusform>%n times</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>OrderList</name>
    <message numerus="yes">
        <source>%Ln order(s)</source>
        <translation>
            <numerusform>%Ln order</numerusform>
            <numerusform>%Ln orders</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier</source>
        <translation>
            <numerusform>%Ln earlier</numerusform>
            <numerusform>%Ln earlier</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n found</numerusform>
            <numerusform>%n found</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonCardPanel</name>
    <message numerus="yes">
        <source>%n call(s) in 30 days</source>
        <translation>
            <numerusform>%n call in 30 days</numerusform>
            <numerusform>%n calls in 30 days</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>all %n order(s)</source>
        <translation>
            <numerusform>all %n order</numerusform>
            <numerusform>all %n orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonHead</name>
    <message numerus="yes">
        <source>%n in the home</source>
        <translation>
            <numerusform>%n in the home</numerusform>
            <numerusform>%n in the home</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open order(s)</source>
        <translation>
            <numerusform>%n open order</numerusform>
            <numerusform>%n open orders</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PlaceTree</name>
    <message numerus="yes">
        <source>%Ln unit(s)</source>
        <translation>
            <numerusform>%Ln unit</numerusform>
            <numerusform>%Ln units</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>RelatedBox</name>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n minute</numerusform>
            <numerusform>%n minutes</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ResidentList</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n person</numerusform>
            <numerusform>%n people</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SubjectHead</name>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n overdue</numerusform>
            <numerusform>%n overdue</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n open</numerusform>
            <numerusform>%n open</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message numerus="yes">
        <source>%n waiting for the server</source>
        <translation>
            <numerusform>%n waits for the server</numerusform>
            <numerusform>%n wait for the server</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent back</source>
        <translation>
            <numerusform>%n sent back</numerusform>
            <numerusform>%n sent back</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n order</numerusform>
            <numerusform>%n orders</numerusform>
        </translation>
    </message>
</context>
</TS>
