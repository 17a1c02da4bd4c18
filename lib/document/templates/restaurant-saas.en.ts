// Written by sync.ts from the file of the same name.
export const text = `# Ladleworks: strategy 2026

- Strategy: restaurant-saas
- Language: en
- Company: Ladleworks
- State of: 2026-08-14
- Cycle: 2026-Q3

Ladleworks sells growth to restaurant chains. We put ordering, membership and kitchen software into the store, bring the terminals and screens it runs on, and lend the chain a team that works with both every day. At the end of 2025 we served 74 chains with 2,060 stores; 310 of those stores had handed us their day-to-day operations as well. Recurring revenue stood at ¥42 million a year, ¥13 million of it for managed operations. A store we operate pays four times what a software store pays, and that shaped everything below.

## 1 Situation

Outward first, ourselves last. Each factor carries the day we checked it and the day we stop believing it.

### Politics

Regulation now reaches the counter.

- **F1** Inspectors now ask chains to show how each store obtains consent for members' phone numbers, and hold the head office responsible for its franchisees.
  - Source: Our counsel's reading of three provincial inspection notices, and two customers who were visited
  - Confidence: high
  - Checked on: 2026-06-18
  - Valid until: 2026-12-31
- **F2** City vouchers for dining out will continue through autumn, but only merchants with itemised electronic invoices can redeem them.
  - Source: Notices of four city commerce offices, collected by our sales leads
  - Confidence: medium
  - Checked on: 2026-04-10
  - Valid until: 2026-10-31

### Economy

- **F3** The average bill per guest in casual dining has fallen 6 % in a year, while rent per square metre has hardly moved.
  - Source: Anonymous till data of 1,380 stores on our platform, May 2025 against May 2026
  - Confidence: high
  - Checked on: 2026-06-05
  - Valid until: 2026-11-30
- **F4** Chain owners approve spending that pays back within six months and postpone everything slower.
  - Source: 22 interviews with owners, November and December 2025
  - Confidence: medium
  - Checked on: 2025-12-15
  - Valid until: 2026-06-30

### Society

- **F5** Guests under 35 compare on the phone at the door, and expect the store to recognise them on the second visit.
  - Source: Street survey of 640 guests in five cities, run by our marketing department
  - Confidence: medium
  - Checked on: 2026-03-20
  - Valid until: 2027-03-31

### Technology

- **F6** Language models now write a usable campaign brief for one store in under a minute, at a cost of less than ¥0.20.
  - Source: Our own trial over 60 stores and 1,900 briefs
  - Confidence: high
  - Checked on: 2026-07-22
  - Valid until: 2026-12-31

### Market

The market has stopped growing by new stores. Growth must come from the stores that exist, and that plays to our strength.

- **F7** In our five provinces about 3,100 chains have between 10 and 300 stores; fewer than one in ten buys managed operations from anybody.
  - Source: Our count from business registers and delivery listings, sampled by hand
  - Confidence: medium
  - Checked on: 2026-01-16
  - Valid until: 2027-01-31
- **F8** Delivery platforms raised the effective take, commission plus forced promotions, from 22 % to 26 % of the order value within eighteen months.
  - Source: Settlement sheets of 41 chains, with permission
  - Confidence: high
  - Checked on: 2026-05-28
  - Valid until: 2026-11-30

### Competitors

- **F9** The two largest till vendors give the software away and earn on payment fees; neither takes responsibility for a store's sales.
  - Source: 17 lost deals, debriefed by sales between January and June 2026
  - Confidence: high
  - Checked on: 2026-07-03
  - Valid until: 2027-01-31
- **F10** At least five regional agencies run campaigns for chains without owning any software; their customers leave after eight months on average.
  - Source: Talks with 12 chains that came to us from an agency
  - Confidence: low
  - Checked on: 2026-02-26
  - Valid until: 2026-08-31

### Customers

- **F11** A chain with 30 stores employs two people for marketing and nobody who reads data; the owner decides campaigns on Sunday night.
  - Source: Kick-off questionnaires of 58 customers
  - Confidence: high
  - Checked on: 2026-04-30
  - Valid until: 2027-04-30

### Ourselves

- **F12** Stores we operate grew 7.4 % last year; stores that only use our software grew 0.9 %.
  - Source: Finance and data department, 2025 annual comparison, stores older than 18 months
  - Confidence: high
  - Checked on: 2026-01-20
  - Valid until: 2027-01-31
- **F13** One operator can look after 11 stores; beyond that, quality drops within two weeks.
  - Source: Customer success log, second half of 2025
  - Confidence: medium
  - Checked on: 2026-01-22
  - Valid until: 2026-09-30

Read together: bills shrink, platforms take more, free software is everywhere, and chains lack hands rather than tools. We are the only one in the room with software, hardware and hands, but ours are too few.

## 2 Major difficulties

### Segments

In 2024 we sold to everyone and were mediocre for everyone: 39 % of our effort still goes to customers who bring 17 % of revenue. A segment is in focus when its stores resemble each other enough for one recipe to work in all of them, and when somebody at head office can say yes.

- **S1 Regional casual-dining chains.** 10 to 80 directly run stores in one or two provinces, hot dishes, table service.
  - Focus: yes
  - Reason: One owner decides, stores are alike, and the fall in bills hurts here first; 9 of our 10 best cases are such chains
- **S2 Franchise tea and snack brands.** 30 to 300 small counters, mostly run by franchisees.
  - Focus: yes
  - Reason: Peak hours decide the day, hardware makes the difference, and one contract opens many stores
- **S3 Single independent restaurants.** One to three stores, the owner stands in the kitchen.
  - Focus: no
  - Reason: Half of them close or change hands within two years; a service visit costs more than a month's fee
- **S4 Hotel groups and company canteens.** Restaurants inside a larger organization with its own purchasing.
  - Focus: no
  - Reason: Tenders take nine months and ask for price, not for growth; guests do not choose freely

### Pains

Only these six are worth a customer's money. We met each of them in more than half of our focus customers.

- **P1 Revenue per store stands still, and nobody can say why.** The owner sees the total, not which hour, dish or table lost it.
  - Felt by: S1, S2
  - Evidence: 47 of 58 kick-off questionnaires name it first
- **P2 Delivery eats the margin.** After the platform's take, a ¥40 order leaves less than ¥3 of profit.
  - Felt by: S1, S2
  - Evidence: Settlement sheets of 41 chains; own channels carry only 14 % of orders
- **P3 Members join and never return.** Six of ten members come once, because nothing except a coupon invites them again.
  - Felt by: S1, S2
  - Evidence: 30-day repeat visits fell from 34 % in 2023 to 23 % in 2025
- **P4 Guests walk away at peak hours.** Ordering and kitchen do not know of each other, so the queue looks longer than it is.
  - Felt by: S2
  - Evidence: 21 of 100 queue tickets are abandoned between 12:00 and 13:00
- **P5 Head office has no hands.** Campaigns are planned, half-launched and never evaluated.
  - Felt by: S1
  - Evidence: Two marketing people for 30 stores; of 210 planned campaigns in 2025, 88 were finished
- **P6 Franchise figures arrive late and too low.** Head office learns of a bad week after three days, from numbers the franchisee typed in.
  - Felt by: S2
  - Evidence: Stock audits at 26 counters found 8 % of sales unreported

### Itches

- **I1 A handsome dashboard on the owner's phone.** Pleasant to show at a dinner; no decision has ever followed from it.
  - Felt by: S1
  - Evidence: Opened daily in the first week, twice a month afterwards
- **I2 Animated menu screens.** Asked for in every demonstration, unused after the first season.
  - Felt by: S2
  - Evidence: 31 of 37 stores went back to the fixed picture

### Delights

- **D1 A poster for today's dish in ten seconds.** Store managers laugh and share it; sales do not move.
  - Felt by: S1, S2
  - Evidence: 4,200 posters made in May, no measurable effect on the dishes shown

### Gaps

- **G1 The growth our customers have promised themselves.** Focus chains grow 1.8 % per existing store and need 12 % to carry rent and wages.
  - Kind: future
  - From: 1.8
  - To: 12
  - Unit: % year on year
  - By: 2026-12-31
  - Measure: Same-store revenue growth of served chains
- **G2 The guests who used to come back.** The repeat-visit rate has lost eleven points in two years, and we want all of them back.
  - Kind: past
  - From: 23
  - To: 34
  - Unit: %
  - By: 2026-12-31
  - Measure: Members who return within 30 days
- **G3 Members' data that would not survive an inspection.** Nothing has happened yet; one complaint would be enough to stop a chain's membership programme.
  - Kind: risk
  - From: 38
  - To: 100
  - Unit: % of stores
  - By: 2026-09-30
  - Measure: Stores with member data in order
- **G4 Our own next size.** Recurring revenue of ¥70 million rests on 2,300 stores, 900 of them managed.
  - Kind: future
  - From: 42
  - To: 70
  - Unit: ¥ million a year
  - By: 2026-12-31
  - Measure: Annual recurring revenue

## 3 Guiding policy

We answer the difficulties with one promise that can be checked at the till: the same store sells more than last year. Whatever does not move that figure is decoration, however often it is asked for.

### Positioning

- **For whom** restaurant chains with 10 to 300 similar stores
- **Which problem** stores that no longer grow
- **Through which solution** software, hardware and managed operations under one contract, paid in part by results

> For restaurant chains with 10 to 300 similar stores, we solve stores that no longer grow through software, hardware and managed operations under one contract, paid in part by results.

### Principles

- **R1 The till is the judge.** A feature, campaign or visit counts when same-store revenue moves against comparable stores.
- **R2 Prove in five stores, then roll out.** No recipe goes to a whole chain before five of its stores have shown the effect for six weeks.
- **R3 Hands before features.** If an operator can solve it this week, we watch how, and build the tool afterwards.
- **R4 Guests' data belong to the chain.** We keep what the service needs, log every access, and can return everything within a day.

### Trade-offs

- **T1 We do not sell to single restaurants.** Requests go to two partner dealers.
  - Instead: A qualification call that ends politely below ten stores
  - Price: About 60 enquiries a month, or ¥3 million a year
- **T2 We do not give software away.** Free vendors may have the customers who want a till and nothing else.
  - Instead: A base fee of ¥14,000 per store and year plus a share of growth
  - Price: One deal in five is lost on the entry price
- **T3 We do not build to order.** One chain's wish becomes product when three focus chains need it.
  - Instead: Settings and an open interface
  - Price: No tender of hotel groups can be won
- **T4 We do not win by discounts at the end of the quarter.** Result-based pay and discounts cancel each other out.
  - Instead: An exit after 90 days without growth
  - Price: Uneven months and nervous forecasts

## 4 Coherent activities

The departments form a chain, and it is as strong as its hand-offs. Each department states what it intends and what it passes on.

### Product

Product turns what our best operators do by hand into something an average operator can repeat. This year that means three recipes: see where a store loses revenue (P1), keep the queue at noon (P4), and bring orders back to own channels (P2). Hardware is part of the product: a terminal that fails at noon costs more trust than a missing feature. In parallel we bring members' data into order (G3) before anyone has to ask for it.

- **H1** A recipe proven in five stores, with figures against comparable stores and the chain's consent to be quoted
  - From: product
  - To: marketing
  - When: Six weeks after the pilot starts

### Marketing

Marketing makes one argument, growth of the existing store, and makes it with named results instead of feature lists. Owners trust owners, so the channel is the regional round table, the franchise fair and the case film shot at the till. Success is counted in qualified conversations with focus chains, not in registrations.

- **H2** A lead with number of stores, named decision-maker and the pain in the owner's own words
  - From: marketing
  - To: sales
  - When: Within one working day

### Sales

Sales qualifies hard and diagnoses before it offers. A store check of two days shows the owner where revenue leaks and becomes the basis of a result-based contract. We would rather sell five stores that prove the effect than fifty that wait for it. Lost deals are debriefed within a week, because that is how we learn about competitors.

- **H3** A signed contract with the store check, the promised figure and everything said aloud but not written
  - From: sales
  - To: customer success
  - When: On the day of signature

### Customer success

Customer success owns the promise. It brings the first store live in 20 days instead of 34, runs the weekly rhythm of plan, campaign and evaluation with the chain's two marketing people (P5), and works on the second visit rather than on the next coupon (P3). It may stop a campaign that product or sales likes.

- **H4** A monthly list of what operators still do by hand, sorted by hours
  - From: customer success
  - To: product
  - When: First Monday of the month
- **H5** A forecast of managed stores and operators needed, twelve weeks ahead
  - From: customer success
  - To: organization
  - When: Middle of each month

### Organization

Organization makes sure that 900 managed stores do not need 82 operators. It hires store managers from the trade rather than campaign specialists, trains them for six weeks in real stores, and raises the span from 11 to 18 stores per operator as the recipes mature. It also ties pay in every department to same-store growth, so that the chain pulls in one direction.

- **H6** Operators who have passed the six-week training, by province
  - From: organization
  - To: customer success
  - When: Two weeks before the stores go live
`
