<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AnswerForm</name>
    <message>
        <source>What was answered</source>
        <translation>答复了什么</translation>
    </message>
    <message>
        <source>First answer</source>
        <translation>首次答复</translation>
    </message>
    <message>
        <source>Answered:</source>
        <translation>已答复</translation>
    </message>
</context>
<context>
    <name>Asking</name>
    <message>
        <source>{count} orders are too many at once, {limit} at most. Narrow the filter first.</source>
        <translation>一次 {count} 张太多，最多 {limit} 张；请先缩小筛选。</translation>
    </message>
    <message>
        <source>Check orders of one site to assign them together.</source>
        <translation>一起指派的工单要在同一个项目；请重新勾选。</translation>
    </message>
</context>
<context>
    <name>AssignForm</name>
    <message>
        <source>Name, pinyin, initials or trade</source>
        <translation>姓名、拼音、首字母或工种</translation>
    </message>
    <message>
        <source>Who goes</source>
        <translation>派谁去</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>加派一人</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指派</translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>手上 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>outside firm</source>
        <translation>外协单位</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>加派</translation>
    </message>
    <message>
        <source>One outside firm at a time.</source>
        <translation>一次只能派一家外协单位。</translation>
    </message>
    <message>
        <source>Sent {names}:</source>
        <translation>已派 {names}</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) assigned to {names}</source>
        <translation>
            <numerusform>已把 %n 张单派给 {names}</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BellButton</name>
    <message numerus="yes">
        <source>%n message(s) unread</source>
        <translation>
            <numerusform>%n 条未读提醒</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>BulkBar</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>BulkReport</name>
    <message numerus="yes">
        <source>%n order(s) not done</source>
        <translation>
            <numerusform>%n 张没有办成</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n done</source>
        <translation>
            <numerusform>办成 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message numerus="yes">
        <source>and %n more</source>
        <translation>
            <numerusform>还有 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Check these again</source>
        <translation>重新勾选这些</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>CallPage</name>
    <message numerus="yes">
        <source>all %n order(s)</source>
        <translation>
            <numerusform>全部 %n 张工单</numerusform>
        </translation>
    </message>
    <message>
        <source>Add it</source>
        <translation>加上</translation>
    </message>
    <message>
        <source>Replace the old one</source>
        <translation>换掉旧号</translation>
    </message>
    <message>
        <source>This is no time that can be read.</source>
        <translation>看不懂这个时间，请按 1430 或“明天 9”这样写。</translation>
    </message>
    <message>
        <source>response in {length}</source>
        <translation>响应 {length}</translation>
    </message>
    <message>
        <source>first answer in {length}</source>
        <translation>首次答复 {length}</translation>
    </message>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>not on record</source>
        <translation>不在册</translation>
    </message>
    <message>
        <source>Nobody found for “{text}”</source>
        <translation>没找到“{text}”</translation>
    </message>
    <message>
        <source>Enter the caller</source>
        <translation>登记来电人</translation>
    </message>
    <message numerus="yes">
        <source>%n people use this number: ask who speaks</source>
        <translation>
            <numerusform>这个号码有 %n 个人在用，先问是哪位</numerusform>
        </translation>
    </message>
    <message>
        <source>Who calls?</source>
        <translation>谁来电</translation>
    </message>
    <message>
        <source>name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>pinyin</source>
        <translation>拼音</translation>
    </message>
    <message>
        <source>flat</source>
        <translation>房号</translation>
    </message>
    <message>
        <source>phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>People found</source>
        <translation>找到的人</translation>
    </message>
    <message>
        <source>Earlier orders</source>
        <translation>以前的工单</translation>
    </message>
    <message>
        <source>{phone} is not on record</source>
        <translation>来电 {phone} 不在档案里</translation>
    </message>
</context>
<context>
    <name>CallerPanel</name>
    <message>
        <source>Enter a name.</source>
        <translation>请填姓名。</translation>
    </message>
    <message>
        <source>Enter a name or a number.</source>
        <translation>姓名和电话至少填一个。</translation>
    </message>
    <message>
        <source>Enter the number.</source>
        <translation>请填电话。</translation>
    </message>
    <message>
        <source>on record: {phone}</source>
        <translation>档案上是 {phone}</translation>
    </message>
    <message>
        <source>Mend the record</source>
        <translation>更正档案</translation>
    </message>
    <message>
        <source>Not on record</source>
        <translation>不在册来电</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Home</source>
        <translation>房号</translation>
    </message>
    <message>
        <source>Flat, if they live here</source>
        <translation>住在这里才填</translation>
    </message>
    <message>
        <source>Flats found</source>
        <translation>找到的房号</translation>
    </message>
    <message>
        <source>Owner, tenant or family</source>
        <translation>业主、租户或家属</translation>
    </message>
    <message>
        <source>Mend</source>
        <translation>改好</translation>
    </message>
    <message>
        <source>For this order only</source>
        <translation>只记在这张单上</translation>
    </message>
    <message>
        <source>Add as another number</source>
        <translation>加一个号码</translation>
    </message>
    <message>
        <source>Add as resident</source>
        <translation>建住户档案</translation>
    </message>
</context>
<context>
    <name>CancelForm</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Cancel it</source>
        <translation>取消工单</translation>
    </message>
    <message>
        <source>Cancelled:</source>
        <translation>已取消</translation>
    </message>
</context>
<context>
    <name>Chip</name>
    <message>
        <source>Press Del to remove this filter</source>
        <translation>按 Del 去掉这个筛选</translation>
    </message>
</context>
<context>
    <name>ChipBar</name>
    <message>
        <source>Filter</source>
        <translation>筛选</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清除</translation>
    </message>
    <message>
        <source>Find in this list: words, pinyin, phone, number</source>
        <translation>在列表里找：字词、拼音、电话、单号</translation>
    </message>
</context>
<context>
    <name>CloseAnsweredForm</name>
    <message>
        <source>What was answered</source>
        <translation>答复了什么</translation>
    </message>
    <message>
        <source>Close as answered</source>
        <translation>答复后关闭</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Closed:</source>
        <translation>已关闭</translation>
    </message>
</context>
<context>
    <name>Connection</name>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>%n 项待同步</numerusform>
        </translation>
    </message>
    <message>
        <source>last {time}</source>
        <translation>上次 {time}</translation>
    </message>
    <message>
        <source>Offline</source>
        <translation>离线</translation>
    </message>
    <message>
        <source>Online</source>
        <translation>在线</translation>
    </message>
    <message>
        <source>all in step {time}</source>
        <translation>已全部同步 {time}</translation>
    </message>
    <message>
        <source>The server is out of reach.</source>
        <translation>服务器连不上。</translation>
    </message>
    <message>
        <source>The server has been out of reach for {minutes} min.</source>
        <translation>服务器连不上，已 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Try again</source>
        <translation>再连一次</translation>
    </message>
    <message numerus="yes">
        <source>Work as usual: %n change(s) are kept here and sent by themselves.</source>
        <translation>
            <numerusform>照常用，%n 项已存本机，连上自动发。</numerusform>
        </translation>
    </message>
    <message>
        <source>Work as usual: what you do is kept here and sent by itself.</source>
        <translation>照常用，所做的先存本机，连上自动发。</translation>
    </message>
    <message numerus="yes">
        <source>Look at %n</source>
        <translation>
            <numerusform>看 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} minutes fast.</source>
        <translation>本机时钟快 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>This computer&apos;s clock is {minutes} minutes slow.</source>
        <translation>本机时钟慢 {minutes} 分钟。</translation>
    </message>
    <message>
        <source>Times are taken from the server, so records stay right; please set the clock.</source>
        <translation>时限按服务器时间算，记录不会错；请把本机时间改准。</translation>
    </message>
    <message>
        <source>Check again</source>
        <translation>再查一次</translation>
    </message>
    <message numerus="yes">
        <source>The server sent back %n operation(s).</source>
        <translation>
            <numerusform>服务器退回了 %n 项操作。</numerusform>
        </translation>
    </message>
    <message>
        <source>Nothing is lost: see why, and decide.</source>
        <translation>内容都还在：请看原因再决定。</translation>
    </message>
    <message>
        <source>See why</source>
        <translation>看原因</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Fetching: {rows} rows so far; what is here can be used</source>
        <translation>正在取数据：已取 {rows} 行，取到的已可用</translation>
    </message>
</context>
<context>
    <name>CrashDialog</name>
    <message>
        <source>Something went wrong</source>
        <translation>出了问题</translation>
    </message>
    <message>
        <source>The program met an error it does not know. What you entered is kept. Please copy the details and send them to whoever looks after it.</source>
        <translation>程序遇到了没料到的错误。已填的内容都在。请复制详情，发给管系统的人。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy the details</source>
        <translation>复制详情</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Close the program</source>
        <translation>关闭程序</translation>
    </message>
</context>
<context>
    <name>CrewBox</name>
    <message>
        <source>Assigned</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Add</source>
        <translation>加派</translation>
    </message>
    <message>
        <source>assign</source>
        <translation>指派</translation>
    </message>
</context>
<context>
    <name>Desk</name>
    <message>
        <source>Undone: {words}</source>
        <translation>已撤消：{words}</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤消</translation>
    </message>
    <message>
        <source>Done again</source>
        <translation>已重做</translation>
    </message>
</context>
<context>
    <name>DockFooter</name>
    <message>
        <source>Correct</source>
        <translation>更正</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Another matter</source>
        <translation>另一件事</translation>
    </message>
    <message>
        <source>New draft</source>
        <translation>新草稿</translation>
    </message>
    <message>
        <source>what is being typed is put by</source>
        <translation>正在填的会自动停放</translation>
    </message>
    <message>
        <source>a new form, this order stays</source>
        <translation>填新单，这张仍在</translation>
    </message>
    <message>
        <source>{key} next</source>
        <translation>{key} 下一张</translation>
    </message>
    <message>
        <source>{key} folds</source>
        <translation>{key} 收起</translation>
    </message>
    <message>
        <source>Save, send</source>
        <translation>保存并派单</translation>
    </message>
</context>
<context>
    <name>DockHeader</name>
    <message>
        <source>Correct {number}</source>
        <translation>更正 {number}</translation>
    </message>
    <message>
        <source>Phone intake</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>draft kept {time}</source>
        <translation>草稿已存 {time}</translation>
    </message>
    <message>
        <source>Drafts {count}</source>
        <translation>未完草稿 {count}</translation>
    </message>
    <message>
        <source>on this PC; no power cut or sign-out takes them</source>
        <translation>本机，断电、注销都在</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting</source>
        <translation>
            <numerusform>未完 %n</numerusform>
        </translation>
    </message>
    <message>
        <source>Fold away</source>
        <translation>收起</translation>
    </message>
</context>
<context>
    <name>Doing</name>
    <message numerus="yes">
        <source>%n order(s) now {priority}</source>
        <translation>
            <numerusform>已把 %n 张单改为 {priority}</numerusform>
        </translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>已修改</translation>
    </message>
</context>
<context>
    <name>Drafting</name>
    <message>
        <source>Call {caller} back: {phone} (copied)</source>
        <translation>请回电 {caller}：{phone}（已复制）</translation>
    </message>
    <message>
        <source>The draft of {caller} is thrown away</source>
        <translation>{caller} 的草稿已丢弃</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>The draft of {caller} is {name}&apos;s now</source>
        <translation>{caller} 的草稿已交给 {name}</translation>
    </message>
</context>
<context>
    <name>Drafts</name>
    <message>
        <source>waits {length}</source>
        <translation>停放 {length}</translation>
    </message>
    <message>
        <source>Unknown caller</source>
        <translation>不明来电</translation>
    </message>
    <message>
        <source>put by {time} for the next call</source>
        <translation>{time} 停放，接下一个电话</translation>
    </message>
    <message>
        <source>refused at {time}</source>
        <translation>{time} 没存成，退回</translation>
    </message>
    <message>
        <source>broken off at {time}, kept by itself</source>
        <translation>{time} 没填完，自动留下</translation>
    </message>
    <message>
        <source>put by {time}</source>
        <translation>{time} 停放</translation>
    </message>
    <message>
        <source>by {name}</source>
        <translation>{name} 录入</translation>
    </message>
</context>
<context>
    <name>DraftsPage</name>
    <message numerus="yes">
        <source>Chosen draft, %n field(s) filled in</source>
        <translation>
            <numerusform>选中的草稿，已填 %n 项</numerusform>
        </translation>
    </message>
    <message>
        <source>last changed {time}</source>
        <translation>最后改动 {time}</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>接着填</translation>
    </message>
    <message>
        <source>Take over</source>
        <translation>接过来填</translation>
    </message>
    <message>
        <source>Drafts</source>
        <translation>未完草稿</translation>
    </message>
    <message>
        <source>Who</source>
        <translation>谁</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>哪里</translation>
    </message>
    <message>
        <source>What</source>
        <translation>什么事</translation>
    </message>
    <message>
        <source>Call back</source>
        <translation>回电</translation>
    </message>
    <message>
        <source>Discard</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Hand to a colleague at this PC</source>
        <translation>交给本机同事</translation>
    </message>
    <message>
        <source>needs no network</source>
        <translation>不用联网，对方登录后看见</translation>
    </message>
    <message>
        <source>nobody else signs in here</source>
        <translation>还没有别人在本机登录过</translation>
    </message>
    <message>
        <source>Hand over</source>
        <translation>交出</translation>
    </message>
    <message>
        <source>Colleague</source>
        <translation>同事</translation>
    </message>
    <message>
        <source>No draft is waiting</source>
        <translation>没有未完草稿</translation>
    </message>
    <message>
        <source>What you type is kept here when another call comes.</source>
        <translation>填到一半接了别的电话，内容会留在这里。</translation>
    </message>
</context>
<context>
    <name>DuplicatesBox</name>
    <message>
        <source>join it, or press save once more for a new order</source>
        <translation>先定是否并入；再按一次保存就另开新单</translation>
    </message>
    <message>
        <source>Perhaps the same matter</source>
        <translation>可能是同一件事</translation>
    </message>
    <message>
        <source>same place, same category, open</source>
        <translation>同位置、同类别、未关闭</translation>
    </message>
    <message numerus="yes">
        <source>{why}, %n more</source>
        <translation>
            <numerusform>{why}，还有 %n 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Not the same</source>
        <translation>不是一件事</translation>
    </message>
    <message>
        <source>{time} {place}</source>
        <translation>{time} {place}</translation>
    </message>
    <message>
        <source>sent {name}</source>
        <translation>派给 {name}</translation>
    </message>
    <message>
        <source>nobody sent yet</source>
        <translation>还没有指派</translation>
    </message>
    <message>
        <source>Join it</source>
        <translation>并入此单</translation>
    </message>
</context>
<context>
    <name>EditForm</name>
    <message>
        <source>Edit</source>
        <translation>修改</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>none</source>
        <translation>无</translation>
    </message>
    <message>
        <source>The report was wrong</source>
        <translation>报的时候就错了</translation>
    </message>
    <message>
        <source>Changed:</source>
        <translation>已修改</translation>
    </message>
</context>
<context>
    <name>Editing</name>
    <message>
        <source>Edit {name}</source>
        <translation>改 {name}</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>已保存</translation>
    </message>
</context>
<context>
    <name>Exporting</name>
    <message>
        <source>Export this list</source>
        <translation>导出当前列表</translation>
    </message>
    <message>
        <source>Exporting</source>
        <translation>正在导出</translation>
    </message>
    <message>
        <source>Written to {path}</source>
        <translation>已写入 {path}</translation>
    </message>
</context>
<context>
    <name>FilterMenu</name>
    <message>
        <source>{facet}…</source>
        <translation>{facet}…</translation>
    </message>
</context>
<context>
    <name>FilterPicker</name>
    <message>
        <source>Name, pinyin or initials</source>
        <translation>名称、拼音或首字母</translation>
    </message>
</context>
<context>
    <name>FinishForm</name>
    <message>
        <source>Done</source>
        <translation>完工</translation>
    </message>
    <message>
        <source>Choose a cause</source>
        <translation>选择原因</translation>
    </message>
    <message>
        <source>Result *</source>
        <translation>结果 *</translation>
    </message>
    <message>
        <source>Cause *</source>
        <translation>原因 *</translation>
    </message>
    <message>
        <source>counted from {time} on site</source>
        <translation>从到场 {time} 起算</translation>
    </message>
    <message>
        <source>Minutes *</source>
        <translation>分钟 *</translation>
    </message>
    <message>
        <source>{time} {name}, told on the phone</source>
        <translation>{time} {name}，电话告知</translation>
    </message>
    <message>
        <source>Only these; the rest can be added later.</source>
        <translation>只要这三项，其余可以后补。</translation>
    </message>
    <message>
        <source>Say in a few words what was done.</source>
        <translation>请写几个字：做了什么。</translation>
    </message>
    <message>
        <source>Choose a cause; “unknown” if it is not clear.</source>
        <translation>请选一个原因；不确定可选“待查”。</translation>
    </message>
    <message>
        <source>How many minutes of work was it?</source>
        <translation>请填用了多少分钟。</translation>
    </message>
    <message>
        <source>Done:</source>
        <translation>已完工</translation>
    </message>
</context>
<context>
    <name>FirstRunPage</name>
    <message>
        <source>Language and look</source>
        <translation>语言和外观</translation>
    </message>
    <message>
        <source>Connect to the server</source>
        <translation>连接公司服务器</translation>
    </message>
    <message>
        <source>Begin</source>
        <translation>开始用</translation>
    </message>
    <message>
        <source>This computer only; both can be changed at any time.</source>
        <translation>只管这台电脑，随时可改。</translation>
    </message>
    <message>
        <source>The administrator gives you the address. Data is kept here too, so work goes on without network.</source>
        <translation>填管理员给的地址。数据先存本机，断网照常用。</translation>
    </message>
    <message>
        <source>You are signed in, and this computer has its desk number.</source>
        <translation>已登录，这台电脑已有工位号。</translation>
    </message>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
    <message>
        <source>All of this is also found under Settings.</source>
        <translation>随时可在 设置 里改。</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>上一步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Sign in and go on</source>
        <translation>登录并继续</translation>
    </message>
    <message>
        <source>Open the console</source>
        <translation>开始</translation>
    </message>
</context>
<context>
    <name>FlagForm</name>
    <message>
        <source>Type a day such as 2027-06-30</source>
        <translation>请填日期，如 2027-06-30</translation>
    </message>
    <message>
        <source>Needs care</source>
        <translation>照顾标记</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>what to mind, such as: ring first</source>
        <translation>要注意什么，如：上门先打电话</translation>
    </message>
    <message>
        <source>Last day</source>
        <translation>到哪天</translation>
    </message>
    <message>
        <source>until, such as 2027-06-30; may be empty</source>
        <translation>到哪天，如 2027-06-30，可不填</translation>
    </message>
</context>
<context>
    <name>Flags</name>
    <message>
        <source>{flag}, until {day}</source>
        <translation>{flag}，至 {day}</translation>
    </message>
</context>
<context>
    <name>Floors</name>
    <message>
        <source>Basement {number}</source>
        <translation>地下 {number} 层</translation>
    </message>
    <message>
        <source>Floor {number}</source>
        <translation>{number} 层</translation>
    </message>
    <message>
        <source>Entrance {name}</source>
        <translation>{name} 单元</translation>
    </message>
</context>
<context>
    <name>Giving</name>
    <message>
        <source>{count} orders are too many at once, {limit} at most. Narrow the filter first.</source>
        <translation>一次 {count} 张太多，最多 {limit} 张；请先缩小筛选。</translation>
    </message>
    <message>
        <source>{number} was not changed. {reason}</source>
        <translation>{number} 没有改成。{reason}</translation>
    </message>
    <message>
        <source>See the order</source>
        <translation>看这张单</translation>
    </message>
    <message>
        <source>Keep {name}</source>
        <translation>保留 {name}</translation>
    </message>
    <message>
        <source>Send mine instead</source>
        <translation>改派我选的</translation>
    </message>
    <message>
        <source>{words}: {done} done, {refused} not</source>
        <translation>{words}：办成 {done} 张，没办成 {refused} 张</translation>
    </message>
</context>
<context>
    <name>HandedNotice</name>
    <message>
        <source>The order you were typing is still there: {key} goes on with it.</source>
        <translation>上次没填完的单还在，按 {key} 接着填。</translation>
    </message>
    <message numerus="yes">
        <source>{name} handed you %n draft(s) at {time}</source>
        <translation>
            <numerusform>{name} {time} 交给您 %n 张未完草稿</numerusform>
        </translation>
    </message>
    <message>
        <source>Show</source>
        <translation>看草稿</translation>
    </message>
    <message>
        <source>Noted</source>
        <translation>知道了</translation>
    </message>
</context>
<context>
    <name>HistoryBox</name>
    <message>
        <source>Timeline</source>
        <translation>处理记录</translation>
    </message>
    <message>
        <source>Add a comment</source>
        <translation>加备注</translation>
    </message>
    <message>
        <source>Send the comment</source>
        <translation>写入备注</translation>
    </message>
    <message numerus="yes">
        <source>all %n</source>
        <translation>
            <numerusform>全部 %n 条</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>HoldForm</name>
    <message>
        <source>Hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>On hold:</source>
        <translation>已挂起</translation>
    </message>
</context>
<context>
    <name>IntakeDock</name>
    <message>
        <source>Phone intake</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>Choose their home, or the site in the bar at the top, first.</source>
        <translation>请先填房号，或在上方选项目。</translation>
    </message>
    <message>
        <source>The draft is not kept</source>
        <translation>草稿没存上</translation>
    </message>
    <message>
        <source>{number} is saved: {words}</source>
        <translation>已存 {number}：{words}</translation>
    </message>
</context>
<context>
    <name>IntakeKeys</name>
    <message>
        <source>Phone intake</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>Take a call</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>Drafts that wait</source>
        <translation>未完草稿</translation>
    </message>
    <message>
        <source>Save the order</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Save and send somebody</source>
        <translation>保存并派单</translation>
    </message>
    <message>
        <source>Join the order that is the same matter</source>
        <translation>并入重复的工单</translation>
    </message>
    <message>
        <source>It is not the same matter</source>
        <translation>不是一件事</translation>
    </message>
    <message>
        <source>Chase the caller&apos;s open order</source>
        <translation>催办来电人的工单</translation>
    </message>
    <message>
        <source>Open that order</source>
        <translation>打开那张工单</translation>
    </message>
    <message>
        <source>It is another matter</source>
        <translation>另一件事</translation>
    </message>
    <message>
        <source>Next order or draft</source>
        <translation>下一张工单或草稿</translation>
    </message>
    <message>
        <source>Previous order or draft</source>
        <translation>上一张工单或草稿</translation>
    </message>
    <message>
        <source>Write the caller down</source>
        <translation>登记来电人、号码</translation>
    </message>
    <message>
        <source>Mend the caller&apos;s record</source>
        <translation>更正来电人档案</translation>
    </message>
    <message>
        <source>On record, and said again</source>
        <translation>档案里有，又问了一遍</translation>
    </message>
    <message>
        <source>Agree on a time</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>Correct the order just saved</source>
        <translation>更正刚存的工单</translation>
    </message>
    <message>
        <source>Hand the draft to a colleague</source>
        <translation>草稿交给同事</translation>
    </message>
    <message>
        <source>Call the draft&apos;s caller back</source>
        <translation>给草稿的来电人回电</translation>
    </message>
    <message>
        <source>Fold away, the draft stays</source>
        <translation>收起，草稿留着</translation>
    </message>
</context>
<context>
    <name>KeySheet</name>
    <message>
        <source>Keys: {page}</source>
        <translation>快捷键，{page}页</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Find an action</source>
        <translation>找一个操作</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>On one page a key does one thing. Letters rest while Chinese is being typed.</source>
        <translation>一页之内一个键只做一件事；中文输入时字母键不触发</translation>
    </message>
    <message>
        <source>Everywhere</source>
        <translation>到处</translation>
    </message>
</context>
<context>
    <name>ListPane</name>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Columns</source>
        <translation>列</translation>
    </message>
    <message>
        <source>Export this list</source>
        <translation>导出当前列表</translation>
    </message>
    <message>
        <source>Assign</source>
        <translation>指派</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Clear the filter</source>
        <translation>清除筛选</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>Alt ↓ next order   X select</source>
        <translation>Alt ↓ 下一张   X 勾选</translation>
    </message>
    <message numerus="yes">
        <source>%Ln overdue</source>
        <translation>
            <numerusform>%Ln 超时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln due soon</source>
        <translation>
            <numerusform>%Ln 即将超时</numerusform>
        </translation>
    </message>
    <message>
        <source>“{facets}” is empty.</source>
        <translation>筛选“{facets}”下是空的。</translation>
    </message>
    <message>
        <source>No order passes this filter</source>
        <translation>没有符合筛选的工单</translation>
    </message>
    <message>
        <source>See all open {count}</source>
        <translation>看全部未关闭 {count}</translation>
    </message>
    <message>
        <source>The first one is opened when somebody calls, or comes by import.</source>
        <translation>接第一个电话就有了，也可以导入。</translation>
    </message>
    <message>
        <source>No orders yet</source>
        <translation>还没有工单</translation>
    </message>
    <message>
        <source>The newest come first; you can work as soon as they are here.</source>
        <translation>先取最近的，取到就能用。</translation>
    </message>
    <message>
        <source>Fetching the orders</source>
        <translation>正在取工单</translation>
    </message>
    <message numerus="yes">
        <source>%Ln selected</source>
        <translation>
            <numerusform>已选 %Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of %Ln in this filter</source>
        <translation>
            <numerusform>共 %Ln 张符合筛选</numerusform>
        </translation>
    </message>
    <message>
        <source>{first}–{last} of {total}</source>
        <translation>{first}–{last}，共 {total} 张</translation>
    </message>
</context>
<context>
    <name>Logo</name>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
</context>
<context>
    <name>LookStep</name>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>Find an order, a person, an action</source>
        <translation>找单、找人、找操作</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>这张快捷键表</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
    <message>
        <source>Redo</source>
        <translation>重做</translation>
    </message>
    <message>
        <source>What you were told</source>
        <translation>看提醒</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>全屏</translation>
    </message>
    <message>
        <source>Sign out</source>
        <translation>退出登录</translation>
    </message>
    <message>
        <source>Change my password</source>
        <translation>改我的密码</translation>
    </message>
    <message>
        <source>Open page {page}</source>
        <translation>打开{page}页</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>页</translation>
    </message>
</context>
<context>
    <name>MemberCard</name>
    <message>
        <source>Rings in</source>
        <translation>来电</translation>
    </message>
    <message>
        <source>Take {name} off</source>
        <translation>撤下 {name}</translation>
    </message>
    <message>
        <source>chased</source>
        <translation>被催</translation>
    </message>
    <message>
        <source>sent</source>
        <translation>已派，未接</translation>
    </message>
    <message>
        <source>accepted</source>
        <translation>已接单</translation>
    </message>
    <message>
        <source>on site</source>
        <translation>在现场</translation>
    </message>
    <message>
        <source>finished</source>
        <translation>已完工</translation>
    </message>
</context>
<context>
    <name>MergeForm</name>
    <message>
        <source>Number, place or words</source>
        <translation>单号、位置或字词</translation>
    </message>
    <message>
        <source>No open order of the same place or category.</source>
        <translation>没有同位置或同类别的未关闭工单。</translation>
    </message>
    <message>
        <source>Keep this one</source>
        <translation>保留哪一张</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>合并</translation>
    </message>
    <message>
        <source>Choose the order that is kept.</source>
        <translation>请选要保留的那张。</translation>
    </message>
    <message>
        <source>Merged:</source>
        <translation>已合并</translation>
    </message>
</context>
<context>
    <name>Notice</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>OrderBox</name>
    <message>
        <source>Chase</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>no new order</source>
        <translation>不新建工单</translation>
    </message>
    <message>
        <source>What they add</source>
        <translation>补充一句</translation>
    </message>
    <message>
        <source>may stay empty</source>
        <translation>可不填</translation>
    </message>
    <message numerus="yes">
        <source>%n order(s) open, look at this first</source>
        <translation>
            <numerusform>有 %n 张未关闭的工单，先看这张</numerusform>
        </translation>
    </message>
    <message>
        <source>{place} of {count}, {key} for the next</source>
        <translation>第 {place} 张，共 {count} 张，{key} 下一张</translation>
    </message>
    <message>
        <source>Now</source>
        <translation>现在</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>从何时</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>下一步</translation>
    </message>
    <message>
        <source>Chased</source>
        <translation>催过</translation>
    </message>
    <message>
        <source>, {reason}</source>
        <translation>，{reason}</translation>
    </message>
    <message>
        <source>, sent </source>
        <translation>，派给 </translation>
    </message>
    <message>
        <source>, nobody sent yet</source>
        <translation>，还没有指派</translation>
    </message>
    <message>
        <source>, now at {place} for {number}</source>
        <translation>，正在 {place} 处理 {number}</translation>
    </message>
    <message>
        <source>reported {time}</source>
        <translation>{time} 报事</translation>
    </message>
    <message>
        <source>, sent {time}</source>
        <translation>，{time} 派单</translation>
    </message>
    <message>
        <source>, {length} so far</source>
        <translation>，已等 {length}</translation>
    </message>
    <message>
        <source>take it in, then send somebody</source>
        <translation>受理后派人</translation>
    </message>
    <message>
        <source>send somebody</source>
        <translation>派人</translation>
    </message>
    <message>
        <source>accept and come</source>
        <translation>接单并到场</translation>
    </message>
    <message>
        <source>accept</source>
        <translation>接单</translation>
    </message>
    <message>
        <source>come</source>
        <translation>到场</translation>
    </message>
    <message>
        <source>finish</source>
        <translation>办完</translation>
    </message>
    <message>
        <source>finish the work</source>
        <translation>处理完报完工</translation>
    </message>
    <message>
        <source>the desk checks the work</source>
        <translation>前台验收</translation>
    </message>
    <message>
        <source>close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>go on when it is there</source>
        <translation>等到了接着处理</translation>
    </message>
    <message>
        <source>send somebody again</source>
        <translation>重新派人</translation>
    </message>
    <message>
        <source>Come by</source>
        <translation>应到场</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>应完成</translation>
    </message>
    <message>
        <source>no time promised</source>
        <translation>没有时限</translation>
    </message>
    <message>
        <source>{time}, {left}</source>
        <translation>{time} 前，{left}</translation>
    </message>
    <message>
        <source>not yet</source>
        <translation>还没催过</translation>
    </message>
    <message numerus="yes">
        <source>%n time(s)</source>
        <translation>
            <numerusform>%n 次</numerusform>
        </translation>
    </message>
    <message>
        <source>{times}, {time} taken by {name}</source>
        <translation>{times}，{time} {name} 接听</translation>
    </message>
    <message>
        <source>This is chase number {count}</source>
        <translation>这是第 {count} 次催办</translation>
    </message>
    <message>
        <source>, {name} and the supervisor are told</source>
        <translation>，保存后告知处理人 {name} 和主管</translation>
    </message>
    <message>
        <source>, the supervisor is told</source>
        <translation>，保存后告知主管</translation>
    </message>
    <message>
        <source>, {name} is told</source>
        <translation>，保存后告知处理人 {name}</translation>
    </message>
    <message>
        <source>, it is marked in the list</source>
        <translation>，列表里会标出</translation>
    </message>
</context>
<context>
    <name>OrderForm</name>
    <message>
        <source>on record, and said again</source>
        <translation>档案里有，又问了一遍</translation>
    </message>
    <message>
        <source>suggested by “{word}”</source>
        <translation>按“{word}”建议</translation>
    </message>
    <message>
        <source>{flag}: one step more urgent</source>
        <translation>{flag}，优先级提一级</translation>
    </message>
    <message>
        <source>{skill} from level {level}</source>
        <translation>{skill} ≥ {level} 级</translation>
    </message>
    <message>
        <source>needs {skills}</source>
        <translation>需要 {skills}</translation>
    </message>
    <message>
        <source>Which site?</source>
        <translation>哪个项目？</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>哪里</translation>
    </message>
    <message>
        <source>What</source>
        <translation>什么事</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>预约</translation>
    </message>
    <message>
        <source>Flat, place, device, or any words</source>
        <translation>房号、位置、设备，或直接写</translation>
    </message>
    <message>
        <source>Places found</source>
        <translation>找到的位置</translation>
    </message>
    <message>
        <source>May stay empty</source>
        <translation>可以不选</translation>
    </message>
    <message>
        <source>Categories found</source>
        <translation>找到的类别</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>1430, tomorrow 9, 9-18 9:00</source>
        <translation>1430、明天 9、9-18 9:00</translation>
    </message>
    <message>
        <source>Time agreed</source>
        <translation>预约时间</translation>
    </message>
    <message>
        <source>optional, {key} opens it</source>
        <translation>可选，{key} 展开</translation>
    </message>
    <message>
        <source>and next</source>
        <translation>再下一张</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>返回</translation>
    </message>
</context>
<context>
    <name>OrderHead</name>
    <message>
        <source>Copy the number</source>
        <translation>复制单号</translation>
    </message>
    <message>
        <source>Previous order</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Next order</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>no place</source>
        <translation>没有位置</translation>
    </message>
    <message>
        <source>reporter not visible to you</source>
        <translation>无权看报事人</translation>
    </message>
</context>
<context>
    <name>OrderList</name>
    <message>
        <source>All</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>Last year</source>
        <translation>近一年</translation>
    </message>
    <message numerus="yes">
        <source>%Ln order(s)</source>
        <translation>
            <numerusform>%Ln 张</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%Ln earlier</source>
        <translation>
            <numerusform>再早的 %Ln 张</numerusform>
        </translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>No orders here yet</source>
        <translation>这里还没有工单</translation>
    </message>
    <message>
        <source>What is reported from here will be listed.</source>
        <translation>这里报的事会列在这儿。</translation>
    </message>
</context>
<context>
    <name>OutboxColumns</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>What</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Given by</source>
        <translation>谁做的</translation>
    </message>
    <message>
        <source>Given at</source>
        <translation>时间</translation>
    </message>
</context>
<context>
    <name>Pages</name>
    <message>
        <source>Work orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>房产</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>Palette</name>
    <message>
        <source>Search orders, people, places, actions</source>
        <translation>搜索单号、住户、位置、操作（拼音可用）</translation>
    </message>
    <message>
        <source>↑ ↓ choose   Enter do it   Esc leave</source>
        <translation>↑ ↓ 选   Enter 执行   Esc 关闭</translation>
    </message>
    <message>
        <source>pinyin {typed} = {meant}</source>
        <translation>拼音 {typed} = {meant}</translation>
    </message>
    <message>
        <source>Actions</source>
        <translation>操作</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
    <message>
        <source>People</source>
        <translation>人</translation>
    </message>
    <message>
        <source>Places</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Recent</source>
        <translation>最近</translation>
    </message>
    <message numerus="yes">
        <source>%n found</source>
        <translation>
            <numerusform>%n 项</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PaneFoot</name>
    <message>
        <source>Reopen</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
</context>
<context>
    <name>PasswordDialog</name>
    <message>
        <source>Change my password</source>
        <translation>改我的密码</translation>
    </message>
    <message>
        <source>Password now</source>
        <translation>现在的密码</translation>
    </message>
    <message>
        <source>New password</source>
        <translation>新密码</translation>
    </message>
    <message>
        <source>At least {count} characters</source>
        <translation>至少 {count} 个字符</translation>
    </message>
    <message>
        <source>New password again</source>
        <translation>再输一遍新密码</translation>
    </message>
    <message>
        <source>Change it</source>
        <translation>改密码</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Too short: at least {count} characters</source>
        <translation>太短：至少 {count} 个字符</translation>
    </message>
    <message>
        <source>The two are not the same</source>
        <translation>两遍不一样</translation>
    </message>
</context>
<context>
    <name>PasswordField</name>
    <message>
        <source>Show the password</source>
        <translation>显示密码</translation>
    </message>
    <message>
        <source>Hide the password</source>
        <translation>隐藏密码</translation>
    </message>
</context>
<context>
    <name>PeopleList</name>
    <message>
        <source>Who may sign in here</source>
        <translation>可在本机登录的人</translation>
    </message>
</context>
<context>
    <name>PersonCardPanel</name>
    <message numerus="yes">
        <source>%n call(s) in 30 days</source>
        <translation>
            <numerusform>近 30 天 %n 次来电</numerusform>
        </translation>
    </message>
    <message>
        <source>No call in 30 days</source>
        <translation>近 30 天没有来电</translation>
    </message>
    <message numerus="yes">
        <source>all %n order(s)</source>
        <translation>
            <numerusform>全部 %n 张工单</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>PersonHead</name>
    <message>
        <source>since {year}</source>
        <translation>{year} 年入住</translation>
    </message>
    <message>
        <source>not on record</source>
        <translation>不在册</translation>
    </message>
    <message numerus="yes">
        <source>%n in the home</source>
        <translation>
            <numerusform>家庭 %n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>{flag}, until {day}</source>
        <translation>{flag}，至 {day}</translation>
    </message>
    <message numerus="yes">
        <source>%n open order(s)</source>
        <translation>
            <numerusform>%n 张未关闭</numerusform>
        </translation>
    </message>
    <message>
        <source>nothing open</source>
        <translation>无未关闭工单</translation>
    </message>
</context>
<context>
    <name>PersonPane</name>
    <message>
        <source>since {day}</source>
        <translation>{day} 起</translation>
    </message>
    <message>
        <source>until {day}</source>
        <translation>至 {day}</translation>
    </message>
    <message>
        <source>Copy {number}</source>
        <translation>复制 {number}</translation>
    </message>
    <message>
        <source>Mend {number}</source>
        <translation>改 {number}</translation>
    </message>
    <message>
        <source>Remove {number}</source>
        <translation>去掉 {number}</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主要</translation>
    </message>
    <message>
        <source>Take off: {flag}</source>
        <translation>去掉：{flag}</translation>
    </message>
    <message>
        <source>Name mended</source>
        <translation>姓名已改</translation>
    </message>
    <message>
        <source>{name} has moved out</source>
        <translation>{name} 已搬出</translation>
    </message>
    <message>
        <source>Telephone kept</source>
        <translation>电话已保存</translation>
    </message>
    <message>
        <source>Telephone removed</source>
        <translation>电话已去掉</translation>
    </message>
    <message>
        <source>Flag set</source>
        <translation>已加照顾标记</translation>
    </message>
    <message>
        <source>Flag taken off</source>
        <translation>已去掉照顾标记</translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>改</translation>
    </message>
    <message>
        <source>Record a move-out</source>
        <translation>登记搬出</translation>
    </message>
    <message>
        <source>Telephones</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Add one</source>
        <translation>加一个</translation>
    </message>
    <message>
        <source>Add a telephone</source>
        <translation>加电话</translation>
    </message>
    <message>
        <source>Needs care</source>
        <translation>照顾标记</translation>
    </message>
    <message>
        <source>Add a flag</source>
        <translation>加照顾标记</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
</context>
<context>
    <name>PhoneForm</name>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>号码</translation>
    </message>
    <message>
        <source>What is to be known of it</source>
        <translation>说明</translation>
    </message>
    <message>
        <source>such as: home, after six</source>
        <translation>说明，如：家里，18 点后</translation>
    </message>
</context>
<context>
    <name>PhoneStep</name>
    <message>
        <source>Who rings in</source>
        <translation>谁来电</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>等什么</translation>
    </message>
    <message>
        <source>Happened at</source>
        <translation>发生时间</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Enter it</source>
        <translation>记入</translation>
    </message>
    <message>
        <source>type 909; from {earliest} to {latest} (now)</source>
        <translation>打 909；可填 {earliest} 至 {latest}（现在）</translation>
    </message>
    <message>
        <source>{name} rings in: enter a step</source>
        <translation>{name} 来电，代记一步</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>There is no step to enter for this person.</source>
        <translation>这个人现在没有可记的步骤。</translation>
    </message>
    <message>
        <source>Type the time in digits: 909 is 09:09.</source>
        <translation>请打数字：909 就是 09:09。</translation>
    </message>
    <message>
        <source>{at} {name} {step}, entered {now} by {author} by phone</source>
        <translation>记为：{at} {name} {step}，{now} {author} 电话代记</translation>
    </message>
    <message>
        <source>This order has no clocks.</source>
        <translation>这张单不计时限。</translation>
    </message>
    <message>
        <source>The clocks stand still from then on.</source>
        <translation>从那时起时限暂停。</translation>
    </message>
    <message>
        <source>{clock} at {time}: </source>
        <translation>{clock}按 {time} 计：</translation>
    </message>
    <message>
        <source>{clock} goes on: </source>
        <translation>{clock}继续计时：</translation>
    </message>
</context>
<context>
    <name>PlaceForm</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>PlaceOrderColumns</name>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>哪里</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>报事</translation>
    </message>
    <message>
        <source>Outcome</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>today {time}</source>
        <translation>今天 {time}</translation>
    </message>
</context>
<context>
    <name>PlaceTree</name>
    <message>
        <source>Places</source>
        <translation>房产</translation>
    </message>
    <message numerus="yes">
        <source>%Ln unit(s)</source>
        <translation>
            <numerusform>%Ln 户</numerusform>
        </translation>
    </message>
    <message>
        <source>Common places</source>
        <translation>公共位置</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>设备</translation>
    </message>
</context>
<context>
    <name>PlacesPage</name>
    <message>
        <source>Find a place</source>
        <translation>找位置</translation>
    </message>
    <message>
        <source>Edit the place</source>
        <translation>改这里的资料</translation>
    </message>
    <message>
        <source>New order here</source>
        <translation>为此处开单</translation>
    </message>
    <message>
        <source>Look at the open order</source>
        <translation>看未关闭的单</translation>
    </message>
    <message>
        <source>Add a resident</source>
        <translation>加住户</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>下一个窗格</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>No places yet</source>
        <translation>还没有房产</translation>
    </message>
    <message>
        <source>Sites, buildings and units come by import.</source>
        <translation>项目、楼栋和房号由导入而来。</translation>
    </message>
    <message>
        <source>Find a room, equipment, a resident</source>
        <translation>找房号、设备、住户</translation>
    </message>
    <message>
        <source>Nothing found. Try a room number, or a name or its initials.</source>
        <translation>没找到。可输房号，或姓名、拼音首字母。</translation>
    </message>
    <message>
        <source>No equipment is on record here.</source>
        <translation>这里没有登记设备。</translation>
    </message>
    <message>
        <source>Choose a place</source>
        <translation>选一处房产</translation>
    </message>
    <message>
        <source>In the tree at the left, or by typing a room number as people say it.</source>
        <translation>在左边的树里选，或照人们说的房号输入。</translation>
    </message>
</context>
<context>
    <name>Probed</name>
    <message>
        <source>{company} answered in {ms} ms, the versions agree.</source>
        <translation>已找到，{company}，{ms} ms，版本相符</translation>
    </message>
    <message>
        <source>{company} answered in {ms} ms, but is of another version: update this program.</source>
        <translation>已找到，{company}，{ms} ms，但版本不同：请更新本程序</translation>
    </message>
</context>
<context>
    <name>Program</name>
    <message>
        <source>Version</source>
        <translation>版本</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Desk number</source>
        <translation>工位号</translation>
    </message>
</context>
<context>
    <name>QueueActions</name>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Current order</source>
        <translation>当前工单</translation>
    </message>
    <message>
        <source>Next order</source>
        <translation>下一张</translation>
    </message>
    <message>
        <source>Previous order</source>
        <translation>上一张</translation>
    </message>
    <message>
        <source>Check or uncheck</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>Check all of this filter</source>
        <translation>全部勾选</translation>
    </message>
    <message>
        <source>Uncheck all</source>
        <translation>取消勾选</translation>
    </message>
    <message>
        <source>Find in this list</source>
        <translation>在列表里找</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>加筛选</translation>
    </message>
    <message>
        <source>Edit in place</source>
        <translation>就地改</translation>
    </message>
    <message>
        <source>Export this list</source>
        <translation>导出当前列表</translation>
    </message>
    <message>
        <source>Refresh</source>
        <translation>刷新</translation>
    </message>
    <message>
        <source>Next pane</source>
        <translation>下一个窗格</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>保存当前筛选</translation>
    </message>
    <message>
        <source>Next step: triage, on site, done…</source>
        <translation>记下一步：受理、到场、完工…</translation>
    </message>
    <message>
        <source>Next step, then the next order</source>
        <translation>记下一步，再到下一张</translation>
    </message>
    <message>
        <source>Enter a step by phone</source>
        <translation>代记一步</translation>
    </message>
    <message>
        <source>Chase</source>
        <translation>催办</translation>
    </message>
    <message>
        <source>Add a person</source>
        <translation>加派一人</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Hold</source>
        <translation>挂起，必填原因</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>恢复处理</translation>
    </message>
    <message>
        <source>Comment</source>
        <translation>备注</translation>
    </message>
    <message>
        <source>First answer</source>
        <translation>首次答复</translation>
    </message>
    <message>
        <source>Recall</source>
        <translation>撤回派单</translation>
    </message>
    <message>
        <source>Close as answered</source>
        <translation>答复后关闭</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>Merge into another order</source>
        <translation>并入别的工单</translation>
    </message>
    <message>
        <source>Edit the order</source>
        <translation>修改工单</translation>
    </message>
    <message>
        <source>Cancel the order</source>
        <translation>取消工单</translation>
    </message>
    <message>
        <source>Copy the number</source>
        <translation>复制单号</translation>
    </message>
    <message>
        <source>Take back the last step</source>
        <translation>撤回上一步</translation>
    </message>
    <message>
        <source>Dispatch</source>
        <translation>派单</translation>
    </message>
    <message>
        <source>assign the selected orders</source>
        <translation>指派选中的工单</translation>
    </message>
    <message>
        <source>the technician rings in</source>
        <translation>师傅来电</translation>
    </message>
</context>
<context>
    <name>QueueColumns</name>
    <message>
        <source>{number}, waits to be sent</source>
        <translation>{number}，待同步</translation>
    </message>
    <message>
        <source>chased {count}</source>
        <translation>催 {count}</translation>
    </message>
    <message>
        <source>assign</source>
        <translation>指派</translation>
    </message>
    <message>
        <source>Selected</source>
        <translation>勾选</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>No.</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>What</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Where</source>
        <translation>位置</translation>
    </message>
    <message>
        <source>Site</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>报事时间</translation>
    </message>
    <message>
        <source>Time left</source>
        <translation>剩余</translation>
    </message>
</context>
<context>
    <name>QueueExport</name>
    <message>
        <source>Due</source>
        <translation>到期</translation>
    </message>
</context>
<context>
    <name>QueueFacets</name>
    <message>
        <source>Site</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>Priority</source>
        <translation>优先级</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Assigned</source>
        <translation>处理人</translation>
    </message>
    <message>
        <source>Waits for</source>
        <translation>轮到</translation>
    </message>
    <message>
        <source>Due</source>
        <translation>时限</translation>
    </message>
    <message>
        <source>Chased</source>
        <translation>被催</translation>
    </message>
    <message>
        <source>Reopened</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>Reported</source>
        <translation>报事</translation>
    </message>
    <message>
        <source>Text</source>
        <translation>文字</translation>
    </message>
    <message>
        <source>any</source>
        <translation>不限</translation>
    </message>
    <message>
        <source>overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>due soon</source>
        <translation>即将超时</translation>
    </message>
    <message>
        <source>today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>nobody</source>
        <translation>未指派</translation>
    </message>
    <message>
        <source>open</source>
        <translation>未关闭</translation>
    </message>
    <message>
        <source>in {days} d</source>
        <translation>{days} 天内</translation>
    </message>
    <message>
        <source>me</source>
        <translation>我</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>是</translation>
    </message>
</context>
<context>
    <name>QueueOrderWords</name>
    <message>
        <source>: {note}</source>
        <translation>：{note}</translation>
    </message>
    <message>
        <source>by {name} {time}</source>
        <translation>{name} {time} 代记</translation>
    </message>
    <message>
        <source>by {name} {time}, phone</source>
        <translation>{name} {time} 电话代记</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线</translation>
    </message>
</context>
<context>
    <name>QueueViews</name>
    <message>
        <source>Needs me</source>
        <translation>待我处理</translation>
    </message>
    <message>
        <source>Due today</source>
        <translation>今日到期</translation>
    </message>
    <message>
        <source>Overdue</source>
        <translation>已超时</translation>
    </message>
    <message>
        <source>Chased</source>
        <translation>被催办</translation>
    </message>
    <message>
        <source>All open</source>
        <translation>全部未关闭</translation>
    </message>
    <message>
        <source>Unassigned</source>
        <translation>未指派</translation>
    </message>
    <message>
        <source>Emergency P1</source>
        <translation>紧急 P1</translation>
    </message>
    <message>
        <source>On hold</source>
        <translation>挂起</translation>
    </message>
    <message>
        <source>To verify</source>
        <translation>待验收</translation>
    </message>
    <message>
        <source>Reopened in 7 days</source>
        <translation>7 天内重开</translation>
    </message>
    <message>
        <source>Closed</source>
        <translation>已关闭</translation>
    </message>
</context>
<context>
    <name>ReadingPane</name>
    <message>
        <source>No order chosen</source>
        <translation>还没有选工单</translation>
    </message>
    <message>
        <source>Choose one in the list to see it here.</source>
        <translation>在列表里选一张，就在这里看。</translation>
    </message>
</context>
<context>
    <name>ReadyStep</name>
    <message>
        <source>take a call and open an order</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>find an order, a resident, a place, an action</source>
        <translation>找单、找人、找位置、找操作</translation>
    </message>
    <message>
        <source>the keys of the page you are on</source>
        <translation>看这一页的快捷键</translation>
    </message>
    <message>
        <source>The data is fetched while you work; what is here can be used, with the network or without.</source>
        <translation>数据边用边取；取到的都能用，联网断网一样。</translation>
    </message>
</context>
<context>
    <name>ReasonForm</name>
    <message>
        <source>Reason</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
</context>
<context>
    <name>Recording</name>
    <message>
        <source>{name} is on record now</source>
        <translation>{name} 已建档</translation>
    </message>
    <message>
        <source>{phone} is on the record of {name} now</source>
        <translation>{phone} 已加到 {name} 的档案</translation>
    </message>
    <message>
        <source>The record of {name} is mended</source>
        <translation>{name} 的档案已更正</translation>
    </message>
</context>
<context>
    <name>RelatedBox</name>
    <message>
        <source>Related</source>
        <translation>关联</translation>
    </message>
    <message>
        <source>Also</source>
        <translation>还有</translation>
    </message>
    <message>
        <source>Merged into {number}</source>
        <translation>已并入 {number}</translation>
    </message>
    <message>
        <source>{number} was merged into this</source>
        <translation>{number} 并入本单</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Category</source>
        <translation>类别</translation>
    </message>
    <message>
        <source>Needs</source>
        <translation>要求</translation>
    </message>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
    <message>
        <source>Agreed</source>
        <translation>约定</translation>
    </message>
    <message>
        <source>Waits</source>
        <translation>等待</translation>
    </message>
    <message>
        <source>Cancelled</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Result</source>
        <translation>结果</translation>
    </message>
    <message>
        <source>Cause</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Worked</source>
        <translation>用时</translation>
    </message>
    <message numerus="yes">
        <source>%n minute(s)</source>
        <translation>
            <numerusform>%n 分钟</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>ReopenForm</name>
    <message>
        <source>What is still wrong</source>
        <translation>还有什么问题</translation>
    </message>
    <message>
        <source>Reopen</source>
        <translation>重开</translation>
    </message>
    <message>
        <source>Reopened:</source>
        <translation>已重开</translation>
    </message>
</context>
<context>
    <name>ResidentColumns</name>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>身份</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Needs care</source>
        <translation>照顾标记</translation>
    </message>
    <message>
        <source>Since</source>
        <translation>入住</translation>
    </message>
    <message>
        <source>main</source>
        <translation>主要</translation>
    </message>
    <message>
        <source>Former {relation}</source>
        <translation>原{relation}</translation>
    </message>
    <message>
        <source>no telephone</source>
        <translation>没有电话</translation>
    </message>
    <message>
        <source>{since} to {until}</source>
        <translation>{since} 至 {until}</translation>
    </message>
</context>
<context>
    <name>ResidentList</name>
    <message numerus="yes">
        <source>%n person(s)</source>
        <translation>
            <numerusform>%n 人</numerusform>
        </translation>
    </message>
    <message>
        <source>Nobody is on record here yet.</source>
        <translation>还没有登记住户。</translation>
    </message>
    <message>
        <source>Residents are not visible to you.</source>
        <translation>您看不到住户资料。</translation>
    </message>
    <message>
        <source>{name} was entered</source>
        <translation>已加住户 {name}</translation>
    </message>
    <message>
        <source>Residents</source>
        <translation>住户</translation>
    </message>
    <message>
        <source>Add a resident</source>
        <translation>加住户</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>姓名</translation>
    </message>
    <message>
        <source>Telephone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Relation</source>
        <translation>身份</translation>
    </message>
</context>
<context>
    <name>SavedViews</name>
    <message>
        <source>Saved filters</source>
        <translation>已存筛选</translation>
    </message>
    <message>
        <source>Save this filter</source>
        <translation>保存当前筛选</translation>
    </message>
    <message>
        <source>Starred</source>
        <translation>我的收藏</translation>
    </message>
    <message>
        <source>Team</source>
        <translation>班组</translation>
    </message>
    <message>
        <source>Other</source>
        <translation>其他</translation>
    </message>
    <message>
        <source>Saved as {name}</source>
        <translation>已存为“{name}”</translation>
    </message>
    <message>
        <source>Take the star off</source>
        <translation>取消收藏</translation>
    </message>
    <message>
        <source>Star</source>
        <translation>收藏</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>改名…</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Rename the filter</source>
        <translation>筛选改名</translation>
    </message>
    <message>
        <source>{name} deleted</source>
        <translation>已删除“{name}”</translation>
    </message>
    <message>
        <source>Put it back</source>
        <translation>放回来</translation>
    </message>
</context>
<context>
    <name>Saving</name>
    <message>
        <source>{number} is open, {place}</source>
        <translation>已开单 {number}，{place}</translation>
    </message>
    <message>
        <source>This order can now be mended in its own pane.</source>
        <translation>这张单请到工单里更正。</translation>
    </message>
    <message>
        <source>{number} is corrected</source>
        <translation>{number} 已更正</translation>
    </message>
    <message>
        <source>Joined {number}, no new order</source>
        <translation>已并入 {number}，没有新开单</translation>
    </message>
    <message>
        <source>{number} chased, number {count}</source>
        <translation>已催办 {number}，第 {count} 次</translation>
    </message>
    <message>
        <source>, the supervisor is told</source>
        <translation>，已告知主管</translation>
    </message>
    <message>
        <source>Choose the site.</source>
        <translation>请选项目。</translation>
    </message>
    <message>
        <source>This is no time that can be read.</source>
        <translation>看不懂这个时间，请按 1430 或“明天 9”这样写。</translation>
    </message>
</context>
<context>
    <name>ServerStep</name>
    <message>
        <source>Asking…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Address of the server</source>
        <translation>服务器地址</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Employee number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Kept</source>
        <translation>已存</translation>
    </message>
    <message>
        <source>Asking…</source>
        <translation>正在连接…</translation>
    </message>
    <message>
        <source>Language and look</source>
        <translation>语言和外观</translation>
    </message>
    <message>
        <source>Server and this computer</source>
        <translation>服务器和本机</translation>
    </message>
    <message>
        <source>Sections</source>
        <translation>设置分类</translation>
    </message>
    <message>
        <source>This computer</source>
        <translation>本机</translation>
    </message>
    <message>
        <source>for you on this computer only</source>
        <translation>只管这台电脑上的您</translation>
    </message>
    <message>
        <source>Restore defaults</source>
        <translation>全部恢复默认</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>takes effect at once</source>
        <translation>马上生效，不用重启</translation>
    </message>
    <message>
        <source>Look</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>the control room&apos;s colours are for dark rooms</source>
        <translation>消控室配色适合较暗的房间</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Control room</source>
        <translation>消控室</translation>
    </message>
    <message>
        <source>Follow the system&apos;s light and dark</source>
        <translation>跟随系统的深浅</translation>
    </message>
    <message>
        <source>Text size</source>
        <translation>字号</translation>
    </message>
    <message>
        <source>rows, columns and panes grow with it</source>
        <translation>行高、列宽和窗格一起变</translation>
    </message>
    <message>
        <source>Burst pipe</source>
        <translation>厨房下水管破裂</translation>
    </message>
    <message>
        <source>Row height</source>
        <translation>行高</translation>
    </message>
    <message>
        <source>lists</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Compact {px}</source>
        <translation>紧凑 {px}</translation>
    </message>
    <message>
        <source>Normal {px}</source>
        <translation>标准 {px}</translation>
    </message>
    <message>
        <source>Comfortable {px}</source>
        <translation>宽松 {px}</translation>
    </message>
    <message>
        <source>Motion</source>
        <translation>动效</translation>
    </message>
    <message>
        <source>nothing blinks or slides</source>
        <translation>不闪，不滑动</translation>
    </message>
    <message>
        <source>Reduce motion</source>
        <translation>减少动效</translation>
    </message>
    <message>
        <source>the administrator gives you the address; after a change you sign in anew</source>
        <translation>地址由管理员给，改后要重新登录</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>Test the connection</source>
        <translation>测试连接</translation>
    </message>
    <message>
        <source>Use this server</source>
        <translation>改用这个</translation>
    </message>
    <message>
        <source>tell these when you ask for help</source>
        <translation>求助时请报这些</translation>
    </message>
</context>
<context>
    <name>Shell</name>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
</context>
<context>
    <name>SignInPage</name>
    <message>
        <source>The server is there</source>
        <translation>服务器已连上</translation>
    </message>
    <message>
        <source>Looking for the server…</source>
        <translation>正在找服务器…</translation>
    </message>
    <message>
        <source>Sign in on this computer</source>
        <translation>本机登录</translation>
    </message>
    <message>
        <source>Sign in</source>
        <translation>登录</translation>
    </message>
    <message>
        <source>Sign in once, and this computer remembers how to check you; the password itself it does not keep.</source>
        <translation>登录一次，这台电脑就记住怎么验证您；密码本身不存。</translation>
    </message>
    <message>
        <source>Nobody has signed in on this computer yet; the first time needs the server.</source>
        <translation>这台电脑上还没有人登录过；第一次要连上服务器。</translation>
    </message>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
    <message>
        <source>desk {number}</source>
        <translation>{number} 号机</translation>
    </message>
    <message>
        <source>Another server</source>
        <translation>换服务器</translation>
    </message>
    <message>
        <source>Server</source>
        <translation>服务器</translation>
    </message>
    <message>
        <source>The server is out of reach: sign in on this computer</source>
        <translation>服务器连不上，用本机登录</translation>
    </message>
    <message>
        <source>You can read and change everything; it is sent when the server is back. Passwords change only then.</source>
        <translation>可看可改，连上后自动发出；改密码要等联网</translation>
    </message>
    <message>
        <source>Employee number</source>
        <translation>工号</translation>
    </message>
    <message>
        <source>Password</source>
        <translation>密码</translation>
    </message>
    <message>
        <source>Look for the server again</source>
        <translation>再连一次服务器</translation>
    </message>
    <message>
        <source>Version {version}</source>
        <translation>版本 {version}</translation>
    </message>
    <message>
        <source>Without the server you can sign in here until {day}. Rights are as they were. Who is not on the list must first sign in once with it.</source>
        <translation>本机登录可用到 {day}。权限按上次联网时的。名单外的人要先联网登录一次。</translation>
    </message>
</context>
<context>
    <name>SubjectHead</name>
    <message>
        <source>Floor area</source>
        <translation>建筑面积</translation>
    </message>
    <message>
        <source>Layout</source>
        <translation>户型</translation>
    </message>
    <message>
        <source>Handed over</source>
        <translation>交付</translation>
    </message>
    <message>
        <source>Steward</source>
        <translation>管家</translation>
    </message>
    <message>
        <source>Also called</source>
        <translation>别名</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Installed</source>
        <translation>安装</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>备注</translation>
    </message>
    <message numerus="yes">
        <source>%n overdue</source>
        <translation>
            <numerusform>%n 张超时</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n open</source>
        <translation>
            <numerusform>%n 张未关闭</numerusform>
        </translation>
    </message>
    <message>
        <source>Edit</source>
        <translation>改</translation>
    </message>
    <message>
        <source>New order here</source>
        <translation>为此处开单</translation>
    </message>
</context>
<context>
    <name>SyncPage</name>
    <message>
        <source>Send it again</source>
        <translation>再发一次</translation>
    </message>
    <message>
        <source>Discard it</source>
        <translation>丢弃</translation>
    </message>
    <message>
        <source>Sync</source>
        <translation>同步</translation>
    </message>
    <message numerus="yes">
        <source>%n waiting for the server</source>
        <translation>
            <numerusform>%n 项待同步</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>%n sent back</source>
        <translation>
            <numerusform>%n 项被退回</numerusform>
        </translation>
    </message>
    <message>
        <source>The server is out of reach, and nothing waits</source>
        <translation>服务器连不上，没有待发的</translation>
    </message>
    <message>
        <source>Work as usual: what you do is kept here and sent by itself later.</source>
        <translation>照常用：所做的先存本机，连上自动发。</translation>
    </message>
    <message>
        <source>Everything is with the server</source>
        <translation>已全部同步</translation>
    </message>
    <message>
        <source>Nothing waits, nothing was sent back.</source>
        <translation>没有待发的，也没有被退回的。</translation>
    </message>
    <message>
        <source>State</source>
        <translation>状态</translation>
    </message>
    <message>
        <source>About</source>
        <translation>关于</translation>
    </message>
    <message>
        <source>Given by</source>
        <translation>谁做的</translation>
    </message>
    <message>
        <source>Given at</source>
        <translation>时间</translation>
    </message>
    <message>
        <source>Given again</source>
        <translation>已再发</translation>
    </message>
    <message>
        <source>Discarded</source>
        <translation>已丢弃</translation>
    </message>
    <message>
        <source>Operations under way</source>
        <translation>未完成的操作</translation>
    </message>
    <message>
        <source>Look at the order</source>
        <translation>看这张单</translation>
    </message>
    <message>
        <source>Content</source>
        <translation>内容</translation>
    </message>
</context>
<context>
    <name>TableHeader</name>
    <message>
        <source>Reset the columns</source>
        <translation>恢复默认列</translation>
    </message>
</context>
<context>
    <name>TaskPart</name>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
</context>
<context>
    <name>Things</name>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>打开 {name}</translation>
    </message>
    <message>
        <source>{name} mended: {fact}</source>
        <translation>{name} 更正了{fact}</translation>
    </message>
    <message>
        <source>Equipment</source>
        <translation>设备</translation>
    </message>
    <message>
        <source>Mended in reports</source>
        <translation>报事更正</translation>
    </message>
</context>
<context>
    <name>Toast</name>
    <message>
        <source>Undo</source>
        <translation>撤消</translation>
    </message>
</context>
<context>
    <name>ToldList</name>
    <message>
        <source>Nothing new</source>
        <translation>没有新提醒</translation>
    </message>
</context>
<context>
    <name>TopBar</name>
    <message>
        <source>Site</source>
        <translation>项目</translation>
    </message>
    <message>
        <source>Search orders, people, places, actions</source>
        <translation>搜索单号、住户、位置、操作（拼音可用）</translation>
    </message>
    <message>
        <source>New order</source>
        <translation>接电话开单</translation>
    </message>
    <message>
        <source>All sites</source>
        <translation>全部项目</translation>
    </message>
    <message>
        <source>No site yet</source>
        <translation>还没有项目</translation>
    </message>
    <message>
        <source>Change my password…</source>
        <translation>改密码…</translation>
    </message>
    <message>
        <source>Sign out, another person signs in</source>
        <translation>退出，换人登录</translation>
    </message>
</context>
<context>
    <name>Viewing</name>
    <message>
        <source>Save this filter</source>
        <translation>保存当前筛选</translation>
    </message>
    <message>
        <source>by time left</source>
        <translation>按剩余时间</translation>
    </message>
    <message>
        <source>by number</source>
        <translation>按单号</translation>
    </message>
    <message>
        <source>by priority</source>
        <translation>按优先级</translation>
    </message>
    <message>
        <source>by state</source>
        <translation>按状态</translation>
    </message>
    <message>
        <source>by text</source>
        <translation>按内容</translation>
    </message>
    <message>
        <source>by place</source>
        <translation>按位置</translation>
    </message>
    <message>
        <source>by assignee</source>
        <translation>按处理人</translation>
    </message>
    <message>
        <source>by report time</source>
        <translation>按报事时间</translation>
    </message>
</context>
<context>
    <name>WorkOrdersPage</name>
    <message>
        <source>Orders</source>
        <translation>工单</translation>
    </message>
</context>
<context>
    <name>_Counted</name>
    <message numerus="yes">
        <source>%n order(s)</source>
        <translation>
            <numerusform>%n 张</numerusform>
        </translation>
    </message>
</context>
<context>
    <name>_Form</name>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
</context>
<context>
    <name>_PersonDelegate</name>
    <message>
        <source>last with the server today {time}</source>
        <translation>上次联网登录 今天 {time}</translation>
    </message>
    <message>
        <source>last with the server yesterday {time}</source>
        <translation>上次联网登录 昨天 {time}</translation>
    </message>
    <message>
        <source>last with the server {day}</source>
        <translation>上次联网登录 {day}</translation>
    </message>
</context>
</TS>
